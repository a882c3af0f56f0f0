import { connect, type Socket } from 'node:net';
import { writeAmfValues } from '../../../local/media/rtmp/amf0-writer.ts';
import { readAmfValues, type AmfValue } from '../../../local/media/rtmp/amf0-reader.ts';
import { ChunkReader } from '../../../local/media/rtmp/chunk-reader.ts';
import { writeMessage } from '../../../local/media/rtmp/chunk-writer.ts';
import { messageType } from '../../../local/media/rtmp/message.ts';

/** An RTMP encoder that says exactly what a test tells it to. */
export interface RtmpClient {
  command(...values: readonly AmfValue[]): void;
  message(type: number, payload: Buffer): void;
  raw(bytes: Buffer): void;
  /** The codes and names of what the server said so far: `_result`, `NetStream.Publish.Start`. */
  readonly heard: readonly string[];
  /** Resolves when the server has said it; rejects when the connection ends before. */
  hear(what: string): Promise<void>;
  readonly closed: Promise<void>;
  close(): void;
}

/** Connects and shakes hands. */
export const connectRtmp = async (port: number): Promise<RtmpClient> => {
  const socket = connect(port, '127.0.0.1');
  const conversation = listenTo(socket);
  await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject));
  socket.write(Buffer.concat([Buffer.from([3]), Buffer.alloc(1536)]));
  await conversation.handshaken;
  socket.write(Buffer.alloc(1536));
  return {
    ...conversation,
    command: (...values) => void socket.write(writeMessage({ type: messageType.commandAmf0, streamId: 0, payload: writeAmfValues(...values) })),
    message: (type, payload) => void socket.write(writeMessage({ type, streamId: 1, payload })),
    raw: (bytes) => void socket.write(bytes),
    close: () => void socket.destroy(),
  };
};

const listenTo = (socket: Socket) => {
  const heard: string[] = [];
  let waiting: (() => void)[] = [];
  let [shaken, over] = [(): void => undefined, false];
  const handshaken = new Promise<void>((resolve) => { shaken = resolve; });
  const wake = (): void => { const all = waiting; waiting = []; for (const one of all) one(); };
  const reader = new ChunkReader();
  let opening = Buffer.alloc(0);
  let isOpen = false;
  socket.on('error', () => undefined);
  socket.on('data', (bytes) => {
    let rest = bytes;
    if (!isOpen) {
      opening = Buffer.concat([opening, bytes]);
      if (opening.length < 3073) return;
      isOpen = true;
      shaken();
      rest = opening.subarray(3073);
    }
    for (const message of reader.read(rest)) {
      heard.push(`type ${message.type}`);
      if (message.type === messageType.commandAmf0) heard.push(...namesIn(readAmfValues(message.payload)));
    }
    wake();
  });
  const closed = new Promise<void>((resolve) => socket.once('close', () => { over = true; wake(); resolve(); }));
  const hear = async (what: string): Promise<void> => {
    while (!heard.includes(what)) {
      if (over) throw new Error(`the connection ended before ${what}; heard ${heard.join(', ')}`);
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
  };
  return { heard, handshaken, closed, hear };
};

const namesIn = (values: readonly AmfValue[]): string[] =>
  values.flatMap((value) => (typeof value === 'string' ? [value] : value instanceof Map ? [...value.values()].filter((member): member is string => typeof member === 'string') : []));
