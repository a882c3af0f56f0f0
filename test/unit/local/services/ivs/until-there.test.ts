import { untilThere } from '../../../../../local/services/ivs/playback/until-there.ts';
import { RenditionWindow } from '../../../../../local/services/ivs/streams/rendition-window.ts';
import { manualClock, settled } from '../../../../support/manual-clock.ts';

const part = { rendition: 0, file: '/nowhere', startMilliseconds: 0, durationMilliseconds: 500, offset: 0, length: 1, isIndependent: true };
const waiting = () => {
  const [window, clock, player] = [new RenditionWindow(0), manualClock(), new AbortController()];
  const answers: boolean[] = [];
  void untilThere(window, { segment: 0, part: 1 }, clock, player.signal).then((answer) => answers.push(answer));
  return { window, clock, player, answers };
};

describe('a player that asks for what is not there yet', () => {
  it('waits for its part and no other', async () => {
    const { window, answers } = waiting();

    window.addPart(part);
    await settled();
    const tooEarly = [...answers];
    window.addPart(part);
    await settled();

    expect([tooEarly, answers]).toEqual([[], [true]]);
  });

  it('is told that the stream has ended', async () => {
    const { window, answers } = waiting();

    window.end();
    await settled();

    expect(answers).toEqual([true]);
  });

  it('is let go after three target durations, and when it has left', async () => {
    const [late, left] = [waiting(), waiting()];

    await late.clock.advance(5_999);
    const before = [...late.answers];
    await late.clock.advance(1);
    left.player.abort();
    await settled();

    expect([before, late.answers, left.answers]).toEqual([[], [false], [false]]);
  });
});
