import { playbackBodySchema } from '../../lambda/contract/api/playback.ts';
import { startEncoder } from '../../scripts/demo/encoder.ts';
import { bodyOf } from '../support/journeys/api-client.ts';
import { anAccount, type AccountCast } from '../support/journeys/cast.ts';
import { openStage } from '../support/journeys/open-stage.ts';
import { aShortTail, shortTailWindowSeconds as windowSeconds } from '../support/journeys/pipelines.ts';
import { aBreakout, anEvent, answerOnce, becomes, ingestUrlsOf } from '../support/journeys/plans.ts';
import type { StageDriver } from '../support/journeys/stage-driver.ts';
import { coloursOfFrames, type FrameColour, paintedIn } from '../support/media/colour-of-frames.ts';
import { collectSegments, type SegmentCollector } from '../support/media/segment-collector.ts';

/** What each viewer was served, and the colours of all its frames. */
interface Watched {
  readonly collector: SegmentCollector;
  readonly colours: () => ReadonlySet<FrameColour>;
}

const watch = (url: string): Watched => {
  const collector = collectSegments(url);
  const decoded = new Map<string, readonly FrameColour[]>();
  const coloursOf = ([name, bytes]: [string, Uint8Array]): readonly FrameColour[] => {
    const colours = decoded.get(name) ?? coloursOfFrames(bytes);
    decoded.set(name, colours);
    return colours;
  };
  return { collector, colours: () => new Set([...collector.segments].flatMap(coloursOf)) };
};

let stage: StageDriver;
let harbour: AccountCast;
let first: Watched;
let second: Watched;
const opened: Watched[] = [];
/** When the second show was asked to start. */
let secondBegan: number;
/** What the second show's token gets by the names of the first show's segments. */
let guessed: readonly { readonly status: number; readonly bytes: Uint8Array }[];

const urlOf = async (breakoutId: string): Promise<string> => bodyOf(await harbour.viewer.post(`/breakouts/${breakoutId}/playback`, {}), 201, playbackBodySchema).endpoints[0]!.url;

/** Waits until enough of a show is served, and its own picture in it. */
const isServed = (what: string, { collector, colours }: Watched, colour: FrameColour, count: number) =>
  answerOnce(what, 90, async () => (collector.segments.size >= count && colours().has(colour) ? true : undefined));

/** Starts a show in a colour as soon as its pipeline is free. */
const onAir = async (eventId: string, colour: 'red' | 'blue') => {
  const { breakoutId } = await answerOnce('a booking', 120, async () => aBreakout(harbour.producer, eventId, stage.pipelineIds[0]).catch(() => undefined));
  const watched = watch(await urlOf(breakoutId));
  opened.push(watched);
  const began = await answerOnce('the start', 150, async () => {
    const now = Date.now();
    return (await harbour.producer.post(`/breakouts/${breakoutId}/start`)).status === 202 ? now : undefined;
  });
  const urls = await ingestUrlsOf(harbour.producer, breakoutId);
  const encoder = startEncoder({ urls, height: 240, overlay: paintedIn(colour) });
  await becomes(harbour.producer, breakoutId, 'RUNNING');
  return { breakoutId, encoder, watched, began };
};

/** Given a red show and a blue one, back to back on one pipeline, each watched with its own token from its booking to its end. */
beforeAll(async () => {
  stage = await openStage({ pipelines: [aShortTail('pl_shared'), aShortTail('pl_other')] });
  harbour = await anAccount(stage);
  const { eventId } = await anEvent(harbour.producer);
  const red = await onAir(eventId, 'red');
  first = red.watched;
  await isServed('the first show', first, 'RED', 4);
  await red.encoder.stop();
  await harbour.producer.post(`/breakouts/${red.breakoutId}/stop`);
  await becomes(harbour.producer, red.breakoutId, 'COMPLETED');
  const blue = await onAir(eventId, 'blue');
  second = blue.watched;
  secondBegan = blue.began;
  await isServed('the second show', second, 'BLUE', 5);
  const own = await urlOf(blue.breakoutId);
  const base = own.slice(0, own.indexOf('/out/v1/'));
  guessed = await Promise.all([...first.collector.segments.keys()].map(async (url) => {
    const response = await fetch(`${base}${url.slice(url.indexOf('/out/v1/'))}`);
    return { status: response.status, bytes: new Uint8Array(await response.arrayBuffer()) };
  }));
  await blue.encoder.stop();
  await harbour.producer.post(`/breakouts/${blue.breakoutId}/stop`);
  await becomes(harbour.producer, blue.breakoutId, 'COMPLETED');
  await Promise.all([first.collector.stop(), second.collector.stop()]);
}, 480_000);

afterAll(async () => {
  for (const { collector } of opened) await collector.stop();
  await stage.close();
});

describe('two shows back to back on one pipeline', () => {
  it('show their viewers their own picture, in every frame', () => {
    expect(first.colours()).toContain('RED');
    expect(second.colours()).toContain('BLUE');
  });

  it("never show each other's", () => {
    expect([...first.colours()].filter((colour) => colour === 'BLUE' || colour === 'OTHER')).toEqual([]);
    expect([...second.colours()].filter((colour) => colour === 'RED' || colour === 'OTHER')).toEqual([]);
  });

  it("are the second one's from a window after its beginning, and the first one's no more", () => {
    const { answers } = second.collector;
    const served = answers.findIndex(({ status }) => status === 200);

    expect(answers.slice(0, served).map(({ status, refusal }) => [status, refusal])).toContainEqual([403, 'not showing']);
    // The edge knows whole seconds.
    expect(answers[served]!.atMilliseconds).toBeGreaterThan(secondBegan + (windowSeconds - 1) * 1000);
    expect(first.collector.answers.at(-1)).toMatchObject({ status: 403 });
  });

  it("give nobody the other's segments, whoever knows their names", () => {
    expect(guessed.length).toBeGreaterThan(0);
    const colours = guessed.flatMap(({ status, bytes }) => (status === 200 ? coloursOfFrames(bytes) : []));
    // Names repeat from show to show: whoever asks by the first one's is given the second one's own.
    expect(new Set(colours)).toContain('BLUE');
    expect(colours.filter((colour) => colour === 'RED' || colour === 'OTHER')).toEqual([]);
  });
});
