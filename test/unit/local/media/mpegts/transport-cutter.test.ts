import fc from 'fast-check';
import { TransportCutter, type TransportPiece } from '../../../../../local/media/mpegts/transport-cutter.ts';
import { isTransportStream, transportPackets } from '../../../../../local/media/mpegts/transport-packet.ts';
import { readAdtsFrames } from '../../../../../local/media/mp4/source/adts-frames.ts';
import { readElementaryStreams } from '../../../../../local/media/mp4/source/elementary-streams.ts';
import { aTransportStream } from '../../../../support/media/transport-stream.ts';

const lengths = { pieceMilliseconds: 480, segmentMilliseconds: 2000 };
const reordered = ['-c:v', 'libx264', '-preset', 'ultrafast', '-g', '50', '-bf', '2', '-pix_fmt', 'yuv420p'];
const soundApart = ['-pes_payload_size', '0'];

const cut = (stream: Buffer, ...places: readonly number[]): readonly TransportPiece[] => {
  const pieces: TransportPiece[] = [];
  const cutter = new TransportCutter(lengths, (piece) => pieces.push(piece));
  const ends = [...places, stream.length].sort((one, other) => one - other);
  ends.forEach((end, index) => cutter.write(stream.subarray(ends[index - 1] ?? 0, end)));
  cutter.end();
  return pieces;
};
const shapesOf = (pieces: readonly TransportPiece[]) => pieces.map(({ startMilliseconds, durationMilliseconds, isIndependent, endsSegment }) => [startMilliseconds, durationMilliseconds, isIndependent, endsSegment]);
/** Strings are compared faster than bytes. */
const textsOf = (pieces: readonly TransportPiece[]) => pieces.map((piece) => ({ ...piece, bytes: piece.bytes.toString('latin1') }));
const soundIn = (bytes: Buffer) => readAdtsFrames(readElementaryStreams(bytes).audio)?.frames ?? [];
const picturesIn = (bytes: Buffer) => readElementaryStreams(bytes).video;

describe('cutting a transport stream', () => {
  const stream = aTransportStream({ seconds: 5, video: reordered, muxer: soundApart });

  it('ends a piece with the picture that comes nearest, and a segment before a key frame', () => {
    const second = (from: number, isWhole: boolean) => [0, 480, 960, 1440].map((at) => [from + at, 480, at === 0, false]).concat([[from + 1920, 80, false, isWhole]]);

    expect(shapesOf(cut(stream))).toEqual([...second(0, true), ...second(2000, true), [4000, 480, true, false], [4480, 480, false, false], [4960, 40, false, true]]);
  });

  it('loses nothing, whatever pieces the stream comes in', () => {
    const whole = cut(stream);

    fc.assert(fc.property(fc.array(fc.nat({ max: stream.length }), { maxLength: 8 }), (places) => {
      expect(textsOf(cut(stream, ...places))).toEqual(textsOf(whole));
    }), { numRuns: 10 });
    expect(whole.flatMap(({ bytes }) => picturesIn(bytes)).map(({ pts }) => pts)).toEqual(picturesIn(stream).map(({ pts }) => pts));
    expect(whole.flatMap(({ bytes }) => soundIn(bytes))).toEqual(soundIn(stream));
  });

  it('has the sound in the piece whose pictures it goes with', () => {
    const pieces = cut(stream);
    const shownAt = ({ startMilliseconds }: TransportPiece): number => picturesIn(stream)[0]!.pts + startMilliseconds * 90;

    for (const [index, { bytes }] of pieces.entries()) {
      const heard = soundIn(bytes).map(({ pts }) => pts);
      expect(picturesIn(bytes).length).toBeGreaterThan(0);
      if (index > 0) expect(Math.min(...heard)).toBeGreaterThanOrEqual(shownAt(pieces[index]!));
      if (index < pieces.length - 1) expect(Math.max(...heard)).toBeLessThan(shownAt(pieces[index + 1]!));
    }
  });

  it('makes pieces that can be read alone, and are one stream in a row', () => {
    const counters = new Map<number, number>();
    const jumps: number[] = [];
    for (const { bytes } of cut(stream)) {
      expect(isTransportStream(bytes)).toBe(true);
      const packets = [...transportPackets(bytes)];
      expect(packets[0]!.pid).toBe(0);
      for (const { pid, bytes: [, , , last = 0] } of packets) {
        const counter = last & 0xf;
        if (counters.has(pid) && counter !== (counters.get(pid)! + 1) % 16) jumps.push(pid);
        counters.set(pid, counter);
      }
    }

    expect(jumps).toEqual([]);
    // Tables, pictures and sound; the description of the service is left out.
    expect(counters.size).toBe(4);
  });

  it('does not wait for sound that there is none of', () => {
    const silent = aTransportStream({ seconds: 3, video: reordered, audio: ['-an'] });

    expect(shapesOf(cut(silent)).map(([from]) => from)).toEqual([0, 480, 960, 1440, 1920, 2000, 2480, 2960]);
  });

  it('has no pieces of what is no transport stream', () => {
    expect(cut(Buffer.alloc(188 * 20, 7))).toEqual([]);
  });
});
