import type { AmfValue } from './amf0-reader.ts';
import { writeAmfValues } from './amf0-writer.ts';
import { sentChunkSize, writeControl, writeMessage } from './chunk-writer.ts';
import { messageType } from './message.ts';

/** The one message stream that a connection gets. */
export const mediaStreamId = 1;

const windowBytes = 2_500_000;

const command = (streamId: number, ...values: readonly AmfValue[]): Buffer =>
  writeMessage({ type: messageType.commandAmf0, streamId, payload: writeAmfValues(...values) });

const status = (level: 'status' | 'error', code: string, description: string): AmfValue =>
  new Map([['level', level], ['code', code], ['description', description]]);

/** What this server says, ready to send. */
export const replies = {
  /** Announces window, bandwidth and chunk size, then accepts the connection. */
  connected: (transaction: number): Buffer =>
    Buffer.concat([
      writeControl(messageType.windowAcknowledgementSize, windowBytes),
      writeMessage({ type: messageType.setPeerBandwidth, streamId: 0, payload: Buffer.from([0, 0x26, 0x25, 0xa0, 2]) }),
      writeControl(messageType.setChunkSize, sentChunkSize),
      command(0, '_result', transaction, new Map<string, AmfValue>([['fmsVer', 'FMS/3,0,1,123'], ['capabilities', 31]]), status('status', 'NetConnection.Connect.Success', 'Connection accepted.')),
    ]),
  rejected: (transaction: number, description: string): Buffer =>
    Buffer.concat([
      writeControl(messageType.setChunkSize, sentChunkSize),
      command(0, '_error', transaction, null, status('error', 'NetConnection.Connect.Rejected', description)),
    ]),
  result: (transaction: number, value: AmfValue): Buffer => command(0, '_result', transaction, null, value),
  announced: (name: string): Buffer => command(0, 'onFCPublish', 0, null, status('status', 'NetStream.Publish.Start', name)),
  publishing: (name: string): Buffer =>
    Buffer.concat([
      writeMessage({ type: messageType.userControl, streamId: 0, payload: Buffer.from([0, 0, 0, 0, 0, mediaStreamId]) }),
      command(mediaStreamId, 'onStatus', 0, null, status('status', 'NetStream.Publish.Start', `${name} is now published.`)),
    ]),
  refused: (description: string): Buffer => command(mediaStreamId, 'onStatus', 0, null, status('error', 'NetStream.Publish.BadName', description)),
  unpublished: (): Buffer => command(mediaStreamId, 'onStatus', 0, null, status('status', 'NetStream.Unpublish.Success', 'Publishing has ended.')),
  acknowledgement: (bytes: number): Buffer => writeControl(messageType.acknowledgement, bytes),
  pong: (echo: Buffer): Buffer => writeMessage({ type: messageType.userControl, streamId: 0, payload: Buffer.concat([Buffer.from([0, 7]), echo]) }),
} as const;

/** Bytes between two acknowledgements, until the peer names a window of its own. */
export const acknowledgementInterval = windowBytes;
