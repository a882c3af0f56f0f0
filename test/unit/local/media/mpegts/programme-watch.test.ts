import fc from 'fast-check';
import { checksumOf } from '../../../../../local/media/mpegts/checksum.ts';
import type { Programme } from '../../../../../local/media/mpegts/programme.ts';
import { ProgrammeWatch } from '../../../../../local/media/mpegts/programme-watch.ts';
import { isTransportStream, transportPackets } from '../../../../../local/media/mpegts/transport-packet.ts';
import { aTransportStream } from '../../../../support/media/transport-stream.ts';

const watch = (stream: Buffer): readonly Programme[] => {
  const watching = new ProgrammeWatch();
  return [...transportPackets(stream)].flatMap((packet) => watching.read(packet) ?? []);
};

/** A map of so many streams: longer than one packet from about 34 on. */
const aMapSection = (streams: number): Buffer => {
  const bytes = Buffer.alloc(12 + 5 * streams + 4);
  bytes.writeUInt8(2, 0);
  bytes.writeUInt16BE(0xb000 | (bytes.length - 3), 1);
  bytes.writeUInt16BE(0xf000, 10);
  for (let index = 0; index < streams; index += 1) {
    bytes.writeUInt8(0x1b, 12 + 5 * index);
    bytes.writeUInt16BE(0xe000 | (0x100 + index), 13 + 5 * index);
    bytes.writeUInt16BE(0xf000, 15 + 5 * index);
  }
  bytes.writeUInt32BE(checksumOf(bytes.subarray(0, -4)), bytes.length - 4);
  return bytes;
};

const inPackets = (pid: number, section: Buffer): Buffer => {
  const payload = Buffer.concat([Buffer.from([0]), section]);
  const packets = Array.from({ length: Math.ceil(payload.length / 184) }, (_, index) => {
    const packet = Buffer.alloc(188, 0xff);
    Buffer.from([0x47, (index === 0 ? 0x40 : 0) | (pid >> 8), pid & 0xff, 0x10 | index]).copy(packet);
    payload.subarray(184 * index, 184 * index + 184).copy(packet, 4);
    return packet;
  });
  return Buffer.concat(packets);
};

const stream = aTransportStream({ seconds: 1 });
const associations = Buffer.concat([...transportPackets(stream)].filter(({ pid }) => pid === 0).slice(0, 1).map(({ bytes }) => bytes));
const mapPid = 0x1000;

describe('a programme watch', () => {
  it('finds the streams of a real multiplex once', () => {
    const programmes = watch(stream);

    expect(programmes.map(({ streams }) => streams)).toEqual([[{ pid: 0x100, type: 0x1b }, { pid: 0x101, type: 0x0f }]]);
    expect(programmes[0]?.tables).toHaveLength(2);
  });

  it('reads a table that spans several packets', () => {
    const [programme] = watch(Buffer.concat([associations, inPackets(mapPid, aMapSection(100))]));

    expect(programme?.streams).toHaveLength(100);
    expect(programme?.tables).toHaveLength(4);
  });

  it('tells of a change of streams', () => {
    const changes = watch(Buffer.concat([stream, inPackets(mapPid, aMapSection(1)), inPackets(mapPid, aMapSection(1))]));

    expect(changes.map(({ streams }) => streams.length)).toEqual([2, 1]);
  });

  it('leaves out what has a wrong checksum', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 8 * 30 - 1 }), (bit) => {
      const section = aMapSection(3);
      const at = Math.floor(bit / 8);
      section.writeUInt8(section.readUInt8(at) ^ (1 << (bit % 8)), at);

      expect(watch(Buffer.concat([associations, inPackets(mapPid, section)]))).toEqual([]);
    }));
  });

  it('survives any packets', () => {
    fc.assert(fc.property(fc.array(fc.uint8Array({ minLength: 187, maxLength: 187 }), { maxLength: 30 }), (bodies) => {
      const bytes = Buffer.concat(bodies.map((body) => Buffer.concat([Buffer.from([0x47]), body])));
      if (bytes.length > 0) expect(isTransportStream(bytes)).toBe(true);

      expect(() => watch(Buffer.concat([stream, bytes]))).not.toThrow();
    }), { numRuns: 30 });
  });
});
