import fc from 'fast-check';
import { ChunkReader, defaultChunkLimits } from '../../../../../local/media/rtmp/chunk-reader.ts';
import { sentChunkSize, writeControl, writeMessage } from '../../../../../local/media/rtmp/chunk-writer.ts';
import { messageType } from '../../../../../local/media/rtmp/message.ts';
import { RtmpProtocolError } from '../../../../../local/media/rtmp/protocol-error.ts';
import { heldBytes } from '../../../../support/fuzz/held-memory.ts';

const aMessage = fc.record({
  type: fc.constantFrom(messageType.audio, messageType.video, messageType.dataAmf0),
  streamId: fc.constant(1),
  payload: fc.uint8Array({ maxLength: 9000 }).map((bytes) => Buffer.from(bytes)),
});
const announcement = writeControl(messageType.setChunkSize, sentChunkSize);

describe('a chunk reader', () => {
  it('reads messages however the network cuts them', () => {
    fc.assert(fc.property(fc.array(aMessage, { maxLength: 6 }), fc.integer({ min: 1, max: 700 }), (messages, cut) => {
      const bytes = Buffer.concat([announcement, ...messages.map(writeMessage)]);
      const reader = new ChunkReader();
      const read = [];
      for (let at = 0; at < bytes.length; at += cut) read.push(...reader.read(bytes.subarray(at, at + cut)));

      expect(read).toEqual(messages.map((message) => ({ ...message, timestamp: 0 })));
    }));
  });

  it('adds deltas and takes extended timestamps', () => {
    const first = Buffer.from([0x04, 0xff, 0xff, 0xff, 0, 0, 1, 9, 1, 0, 0, 0, 0x01, 0, 0, 0, 0xaa]);
    const second = Buffer.from([0x84, 0, 0, 40, 0xbb]);
    const third = Buffer.from([0xc4, 0xcc]);

    const read = [...new ChunkReader().read(Buffer.concat([first, second, third]))];

    expect(read.map((message) => message.timestamp)).toEqual([0x01000000, 0x01000000 + 40, 0x01000000 + 80]);
  });

  it('yields messages or a protocol error for any bytes, within bounded memory', () => {
    fc.assert(fc.property(fc.array(fc.uint8Array({ maxLength: 2000 }), { maxLength: 20 }), (parts) => {
      const reader = new ChunkReader({ ...defaultChunkLimits, messageBytes: 4096, unfinishedBytes: 16_384 });
      try {
        for (const part of parts) expect([...reader.read(Buffer.from(part))].every((message) => message.payload.length <= 4096)).toBe(true);
      } catch (error) {
        expect(error).toBeInstanceOf(RtmpProtocolError);
      }
    }));
  });

  it.each([
    ['a message beyond the limit', Buffer.from([0x04, 0, 0, 0, 0xff, 0xff, 0xff, 9, 1, 0, 0, 0])],
    ['a chunk size of zero', writeControl(messageType.setChunkSize, 0)],
    ['a chunk size beyond the limit', writeControl(messageType.setChunkSize, 0x7fffffff)],
    ['a continuation without a beginning', Buffer.from([0xc4, 1, 2, 3])],
  ])('rejects %s', (_, bytes) => {
    expect(() => [...new ChunkReader().read(bytes)]).toThrow(RtmpProtocolError);
  });

  it('rejects many unfinished messages together beyond the limit', () => {
    const limits = { ...defaultChunkLimits, unfinishedBytes: 1000 };
    const starts = Array.from({ length: 20 }, (_, index) => Buffer.concat([Buffer.from([2 + index, 0, 0, 0, 0, 0x10, 0, 9, 1, 0, 0, 0]), Buffer.alloc(128)]));

    expect(() => [...new ChunkReader(limits).read(Buffer.concat(starts))]).toThrow(/unfinished/);
  });

  it('holds a message in little more than its bytes, however small its chunks', async () => {
    const reader = new ChunkReader();
    const begin = Buffer.concat([writeControl(messageType.setChunkSize, 1), Buffer.from([4, 0, 0, 0, 0x7f, 0xff, 0xff, 9, 1, 0, 0, 0, 0])]);
    const before = await heldBytes();

    for (const bytes of [begin, ...Array.from({ length: 16 }, () => Buffer.alloc(2 * 65_536, Buffer.from([0xc4, 0])))]) expect([...reader.read(bytes)]).toEqual([]);

    // One MiB of message; an object for each of its bytes would be a hundred.
    expect((await heldBytes()) - before).toBeLessThan(6_000_000);
  });

  it('reads a large chunk that comes byte by byte in its time', () => {
    const payload = Buffer.alloc(300_000, 7);
    const bytes = Buffer.concat([writeControl(messageType.setChunkSize, 1_000_000), Buffer.from([4, 0, 0, 0, 0x04, 0x93, 0xe0, 9, 1, 0, 0, 0]), payload]);
    const reader = new ChunkReader();

    const messages = Array.from(bytes, (_, index) => [...reader.read(bytes.subarray(index, index + 1))]).flat();

    expect(messages.map((message) => message.payload.equals(payload))).toEqual([true]);
  });
});
