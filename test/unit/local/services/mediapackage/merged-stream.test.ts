import fc from 'fast-check';
import { writeMediaPlaylist } from '../../../../../local/media/hls/media-playlist.ts';
import { IngestStream } from '../../../../../local/services/mediapackage/packaging/ingest-stream.ts';
import { InputChoice } from '../../../../../local/services/mediapackage/packaging/input-choice.ts';
import { MergedStream } from '../../../../../local/services/mediapackage/packaging/merged-stream.ts';
import { PresentationTimeline } from '../../../../../local/services/mediapackage/packaging/presentation-timeline.ts';

const startedAt = 1_767_268_800_000;

/** Two encoders on one time line. `announce(1, 4)`: the second encoder has its fifth chunk. */
const twoEncoders = () => {
  const switches: (readonly [number, number])[] = [];
  const merged = new MergedStream(new PresentationTimeline(), new InputChoice((from, to) => void switches.push([from, to])));
  const sources = [new IngestStream(), new IngestStream()].map((stream, input) => ({ stream, input, count: 0 }));
  for (const { stream, input } of sources) merged.attach(input, stream);
  const write = (input: number, index: number | undefined, hasEnded: boolean, durationMilliseconds = 2000, isDiscontinuous = false): void => {
    const source = sources[input]!;
    const segments = index === undefined ? [] : [{ uri: `${input}-${index}.ts`, durationMilliseconds, programDateTime: startedAt + index * 2000, isDiscontinuous }];
    source.stream.accept(writeMediaPlaylist({ mediaSequence: source.count, targetDurationSeconds: 2, segments, hasEnded }), (uri) => ({ path: uri, bytes: 1 }), startedAt);
    source.count += segments.length;
    merged.advance();
  };
  const taken = () => {
    const chunks = [];
    for (let index = merged.firstIndex; merged.chunk(index) !== undefined; index += 1) chunks.push(merged.chunk(index)!);
    return chunks;
  };
  return { merged, switches, announce: (input: number, index: number, milliseconds?: number, isDiscontinuous?: boolean) => write(input, index, false, milliseconds, isDiscontinuous), end: (input: number) => write(input, undefined, true), taken, moments: () => taken().map(({ programDateTime }) => (programDateTime - startedAt) / 2000) };
};

describe('a merged stream', () => {
  it('waits for the active encoder until the other is a whole chunk ahead', () => {
    const { announce, taken } = twoEncoders();
    announce(0, 0);
    announce(1, 0);
    announce(1, 1);
    expect(taken().map(({ path }) => path)).toEqual(['0-0.ts']);

    announce(1, 2);

    expect(taken().map(({ path }) => path)).toEqual(['0-0.ts', '1-1.ts', '1-2.ts']);
  });

  it('stays with the encoder that it changed to', () => {
    const { announce, taken, switches } = twoEncoders();
    announce(0, 0);
    for (const index of [0, 1, 2]) announce(1, index);
    announce(0, 1);
    announce(0, 2);
    announce(1, 3);
    announce(0, 3);

    expect(taken().map(({ path }) => path)).toEqual(['0-0.ts', '1-1.ts', '1-2.ts', '1-3.ts']);
    expect(switches).toEqual([[0, 1]]);
  });

  it('shows the whole of what one encoder cut short', () => {
    const { announce, taken } = twoEncoders();
    for (const input of [0, 1]) announce(input, 0);
    announce(0, 1, 700);
    expect(taken()).toHaveLength(1);

    announce(1, 1);
    announce(1, 2);
    announce(1, 3);

    expect(taken().map(({ path, isDiscontinuous }) => [path, isDiscontinuous])).toEqual([['0-0.ts', false], ['1-1.ts', false], ['1-2.ts', false], ['1-3.ts', false]]);
  });

  it('takes from the other what an encoder comes back with', () => {
    const { announce, taken, switches } = twoEncoders();
    for (const input of [0, 1]) announce(input, 0);
    announce(0, 1, 2000, true);
    expect(taken()).toHaveLength(1);

    announce(1, 1);
    announce(0, 2);
    announce(1, 2);

    expect(taken().map(({ path, isDiscontinuous }) => [path, isDiscontinuous])).toEqual([['0-0.ts', false], ['1-1.ts', false], ['1-2.ts', false]]);
    expect(switches).toEqual([[0, 1]]);
  });

  it('shows an encoder that comes back once the other has ended', () => {
    const { announce, end, taken } = twoEncoders();
    for (const input of [0, 1]) announce(input, 0);
    announce(0, 1, 2000, true);

    end(1);

    expect(taken().map(({ path, isDiscontinuous }) => [path, isDiscontinuous])).toEqual([['0-0.ts', false], ['0-1.ts', true]]);
  });

  it.each(['ended', 'gone on'] as const)('shows a short chunk once its encoder has %s', (after) => {
    const { announce, end, moments } = twoEncoders();
    for (const input of [0, 1]) announce(input, 0);
    announce(0, 1, 700);

    if (after === 'ended') end(0);
    else announce(0, 2);

    expect(moments().slice(0, 2)).toEqual([0, 1]);
  });

  it('goes on over a hole that both have, and says so', () => {
    const { announce, taken } = twoEncoders();
    for (const input of [0, 1]) for (const index of [0, 1, 4, 5]) announce(input, index);

    expect(taken().map(({ programDateTime, isDiscontinuous }) => [(programDateTime - startedAt) / 2000, isDiscontinuous])).toEqual([[0, false], [1, false], [4, true], [5, false]]);
  });

  it('shows every moment that either has once, in order, whoever comes first', () => {
    const count = 12;
    const schedule = fc.record({
      // What each encoder has of the show, and in which order the two announce it.
      has: fc.tuple(...[0, 1].map(() => fc.array(fc.boolean(), { minLength: count, maxLength: count }))),
      turns: fc.array(fc.constantFrom(0, 1), { minLength: 40, maxLength: 40 }),
    });
    fc.assert(fc.property(schedule, ({ has, turns }) => {
      const encoders = twoEncoders();
      const queues = has.map((mask) => mask.flatMap((isThere, index) => (isThere ? [index] : [])));
      for (const input of [...turns, ...Array<number>(count).fill(0), ...Array<number>(count).fill(1)]) {
        const next = queues[input]!.shift();
        if (next !== undefined) encoders.announce(input, next);
      }
      encoders.end(0);
      encoders.end(1);

      const moments = encoders.moments();
      expect(moments).toEqual([...new Set(moments)].toSorted((one, other) => one - other));
      expect(encoders.merged.hasEnded).toBe(true);
    }));
  });

  it('loses nothing when encoders are within a chunk of each other', () => {
    const count = 12;
    fc.assert(fc.property(fc.array(fc.tuple(fc.boolean(), fc.boolean()), { minLength: count, maxLength: count }), fc.array(fc.boolean(), { minLength: count, maxLength: count }), (has, order) => {
      const encoders = twoEncoders();
      for (const [index, mask] of has.entries()) for (const input of order[index] === true ? [0, 1] : [1, 0]) if (mask[input] === true) encoders.announce(input, index);
      encoders.end(0);
      encoders.end(1);

      expect(encoders.moments()).toEqual(has.flatMap(([first, second], index) => (first || second ? [index] : [])));
    }));
  });
});
