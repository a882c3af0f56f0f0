import { RenditionWindow } from '../../../../../local/services/ivs/streams/rendition-window.ts';

const inits = [0, 1].map((number) => ({ number, bytes: Buffer.from([number]) }));
const segment = (number: number, init?: (typeof inits)[number]) => ({ rendition: 0, file: `/nowhere/${number}`, startMilliseconds: number * 2000, durationMilliseconds: 2000, ...(init && { init }) });
const textOf = (window: RenditionWindow): readonly string[] => window.playlist((number) => `${number}.mp4`, (number) => `init-${number}.mp4`, false).split('\n');

describe('the window of a rendition', () => {
  it('lists the newest segments', () => {
    const window = new RenditionWindow(0);
    for (let number = 0; number < 40; number += 1) window.add(segment(number));

    expect(textOf(window).filter((line) => line.endsWith('.mp4'))).toEqual(Array.from({ length: 10 }, (_, index) => `${30 + index}.mp4`));
    expect([window.segment(9), window.segment(10)?.startMilliseconds, window.segment(40)]).toEqual([undefined, 20_000, undefined]);
    expect(textOf(window).some((line) => line.startsWith('#EXT-X-MAP'))).toBe(false);
  });

  it('says what has to be read before fragments, where it changes', () => {
    const window = new RenditionWindow(0);
    window.add(segment(0, inits[0]));
    window.add(segment(1, inits[0]));
    window.add(segment(2, inits[1]));

    expect(textOf(window).filter((line) => line.startsWith('#EXT-X-MAP') || line.endsWith('.mp4'))).toEqual(['#EXT-X-MAP:URI="init-0.mp4"', '0.mp4', '1.mp4', '#EXT-X-MAP:URI="init-1.mp4"', '2.mp4']);
    expect([window.init(1), window.init(2)]).toEqual([Buffer.from([1]), undefined]);
  });
});
