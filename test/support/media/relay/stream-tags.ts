import type { FlvTag } from '../../../../local/media/flv/flv-tag.ts';

/** Tags of a stream that nobody decodes. */
export const videoConfiguration = (version = 1): FlvTag => ({ kind: 'video', timestamp: 0, data: Buffer.from([0x17, 0, 0, 0, 0, version]) });
export const audioConfiguration: FlvTag = { kind: 'audio', timestamp: 0, data: Buffer.from([0xaf, 0, 0x11, 0x90]) };
export const keyFrame = (timestamp: number, composition = 0): FlvTag => ({ kind: 'video', timestamp, data: Buffer.from([0x17, 1, 0, 0, composition]) });
export const frame = (timestamp: number, composition = 0): FlvTag => ({ kind: 'video', timestamp, data: Buffer.from([0x27, 1, 0, 0, composition]) });
export const sound = (timestamp: number): FlvTag => ({ kind: 'audio', timestamp, data: Buffer.from([0xaf, 1, 7]) });
