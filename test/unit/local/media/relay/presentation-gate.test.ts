import { PresentationGate, type PlacedTag } from '../../../../../local/media/relay/presentation-gate.ts';
import { frame, keyFrame, sound } from '../../../../support/media/relay/stream-tags.ts';
import type { FlvTag } from '../../../../../local/media/flv/flv-tag.ts';

const placed = (tag: FlvTag): PlacedTag => ({ entry: { tag, configuration: { video: Buffer.alloc(0) } }, at: tag.timestamp });
const timesOf = (tags: readonly PlacedTag[]): number[] => tags.map(({ at }) => at);

describe('a presentation gate', () => {
  it('lets pictures through that are shown in the order they come', () => {
    const gate = new PresentationGate(40);

    expect([keyFrame(0), frame(40), frame(80)].map((tag) => timesOf(gate.pass(placed(tag))))).toEqual([[0], [40], [80]]);
  });

  it('holds a picture until those shown before it are there', () => {
    const gate = new PresentationGate(40);
    gate.pass(placed(keyFrame(0, 40)));

    const passed = [frame(40, 120), frame(80), frame(120)].map((tag) => timesOf(gate.pass(placed(tag))));

    expect(passed).toEqual([[], [], [40, 80, 120]]);
  });

  it('keeps sound in its order', () => {
    const gate = new PresentationGate(40);

    const passed = [sound(0), keyFrame(10), sound(20), frame(50)].map((tag) => timesOf(gate.pass(placed(tag))));

    expect(passed).toEqual([[], [0, 10], [], [20, 50]]);
  });

  it('gives what it holds once nothing follows', () => {
    const gate = new PresentationGate(40);
    gate.pass(placed(keyFrame(0, 120)));

    expect(timesOf(gate.flush())).toEqual([0]);
    expect(gate.flush()).toEqual([]);
  });
});
