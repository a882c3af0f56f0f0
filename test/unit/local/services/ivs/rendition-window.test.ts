import { RenditionWindow } from '../../../../../local/services/ivs/streams/rendition-window.ts';

const inits = [0, 1].map((number) => ({ number, bytes: Buffer.from([number]) }));
const segment = (number: number, init?: (typeof inits)[number]) => ({ rendition: 0, file: `/nowhere/${number}`, startMilliseconds: number * 2000, durationMilliseconds: 2000, ...(init && { init }) });
const part = (number: number, index: number, init?: (typeof inits)[number]) => ({ ...segment(number, init), startMilliseconds: number * 2000 + index * 500, durationMilliseconds: 500, offset: index * 10, length: 10, isIndependent: index === 0 });
const addresses = { segment: (number: number) => `${number}.mp4`, part: (number: number, index: number) => `${number}.${index}.mp4`, init: (number: number) => `init-${number}.mp4` };
const linesOf = (window: RenditionWindow): readonly string[] => window.playlist(addresses).split('\n');
const lowLatencyLines = (window: RenditionWindow, ...tags: readonly string[]): readonly string[] =>
  window.playlist(addresses, [{ uri: 'other.m3u8', lastSegment: 7, lastPart: 1 }]).split('\n').filter((line) => tags.some((tag) => line.startsWith(`#EXT-X-${tag}`)) || !line.startsWith('#')).filter((line) => line !== '');

const filled = (segments: number, openParts: number): RenditionWindow => {
  const window = new RenditionWindow(0);
  for (let number = 0; number <= segments; number += 1) {
    for (let index = 0; index < (number === segments ? openParts : 4); index += 1) window.addPart(part(number, index));
    if (number < segments) window.add(segment(number));
  }
  return window;
};

describe('the window of a rendition', () => {
  it('lists the newest segments', () => {
    const window = filled(40, 0);

    expect(linesOf(window).filter((line) => line.endsWith('.mp4'))).toEqual(Array.from({ length: 10 }, (_, index) => `${30 + index}.mp4`));
    expect([window.segment(9), window.segment(10)?.startMilliseconds, window.segment(40)]).toEqual([undefined, 20_000, undefined]);
    expect(linesOf(window).filter((line) => /^#EXT-X-(MAP|PART|PRELOAD|SERVER|RENDITION)/.test(line))).toEqual([]);
  });

  it('says what has to be read before fragments, where it changes', () => {
    const window = new RenditionWindow(0);
    window.add(segment(0, inits[0]));
    window.add(segment(1, inits[0]));
    window.add(segment(2, inits[1]));
    window.addPart(part(3, 0, inits[0]));

    expect(linesOf(window).filter((line) => line.startsWith('#EXT-X-MAP') || line.endsWith('.mp4'))).toEqual(['#EXT-X-MAP:URI="init-0.mp4"', '0.mp4', '1.mp4', '#EXT-X-MAP:URI="init-1.mp4"', '2.mp4']);
    expect(lowLatencyLines(window, 'MAP').slice(-2)).toEqual(['2.mp4', '#EXT-X-MAP:URI="init-0.mp4"']);
    expect([window.init(1), window.init(2)]).toEqual([Buffer.from([1]), undefined]);
  });

  it('announces the parts of the newest segments and of the next one, the part that follows, and how far the others are', () => {
    const lines = lowLatencyLines(filled(6, 2), 'PART', 'PRELOAD', 'RENDITION', 'SERVER', 'VERSION', 'TARGET');
    const partsOf = (number: number, count = 4) => Array.from({ length: count }, (_, index) => `#EXT-X-PART:DURATION=0.500,URI="${number}.${index}.mp4"${index === 0 ? ',INDEPENDENT=YES' : ''}`);

    expect(lines).toEqual([
      '#EXT-X-VERSION:9', '#EXT-X-TARGETDURATION:2', '#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,PART-HOLD-BACK=1.650', '#EXT-X-PART-INF:PART-TARGET=0.550',
      '0.mp4', '1.mp4', '2.mp4', ...partsOf(3), '3.mp4', ...partsOf(4), '4.mp4', ...partsOf(5), '5.mp4', ...partsOf(6, 2),
      '#EXT-X-PRELOAD-HINT:TYPE=PART,URI="6.2.mp4"', '#EXT-X-RENDITION-REPORT:URI="other.m3u8",LAST-MSN=7,LAST-PART=1',
    ]);
  });

  it('has what was made, and waits for nothing when it has ended', async () => {
    const window = filled(3, 2);
    const has = (number: number, index?: number) => window.has({ segment: number, ...(index === undefined ? {} : { part: index }) });
    const before = [has(2), has(3), has(3, 1), has(3, 2), has(2, 9), has(4, 0)];
    const changed = window.changed();
    window.addPart(part(3, 2));
    await changed;
    const after = [has(3, 2), has(3, 3)];
    window.end();
    await window.changed();

    // A part beyond the last of a segment is the first of the next.
    expect(before).toEqual([true, false, true, false, true, false]);
    expect(after).toEqual([true, false]);
    expect(has(9)).toBe(true);
    expect(lowLatencyLines(window, 'PRELOAD', 'ENDLIST').slice(-1)).toEqual(['#EXT-X-ENDLIST']);
    expect([window.part(3, 2)?.offset, window.part(3, 3), window.part(0, 0)?.offset]).toEqual([20, undefined, 0]);
  });

  it('is as far as its newest part', () => {
    expect([filled(0, 1).edge, filled(3, 0).edge, filled(3, 2).edge]).toEqual([{ segment: 0, part: 0 }, { segment: 2, part: 3 }, { segment: 3, part: 1 }]);
  });
});
