import { chromium, type Browser, type CDPSession, type Page } from 'playwright-core';
import { z } from 'zod';
import { installedProgram } from '../installed-program.ts';

const playbackSchema = z.object({
  format: z.string().optional(),
  /** Heights that the manifest offers. */
  rungs: z.array(z.number()),
  /** The height that is shown. */
  rung: z.number().optional(),
  switches: z.array(z.object({ from: z.number().optional(), to: z.number().optional() })),
  /** Waits after the start, each with the seconds of media that the player had when it began. */
  stalls: z.array(z.object({ at: z.number(), secondsAhead: z.number() })),
  errors: z.array(z.string()),
  hasStarted: z.boolean(),
  currentTime: z.number(),
  /** What the player holds, from and to, in seconds of its time line. */
  buffered: z.array(z.tuple([z.number(), z.number()])),
  decodedFrames: z.number(),
  droppedFrames: z.number(),
  /** What the page says to its viewer. */
  status: z.string(),
});

/** How a playback goes, as the page sees it. */
export type Playback = z.infer<typeof playbackSchema>;

/** The project's player page in a browser. */
export interface PlayerPage {
  /** How it goes now. A request to anything but this machine is among its errors. */
  playback(): Promise<Playback>;
  /** The URLs that the page has asked for. */
  requested(): readonly string[];
  /** Limits what the page can receive; undefined lifts the limit. */
  throttle(bitsPerSecond: number | undefined): Promise<void>;
  /** The red, green and blue of points of the picture, each a share of its width and height. */
  colours(points: readonly (readonly [number, number])[]): Promise<readonly (readonly number[])[]>;
  close(): Promise<void>;
}

/** The Chromium of this machine, with H.264 and AAC as distributions package it; absent = there is none. */
export const chromiumPath = installedProgram('chromium', 'chromium-browser', 'google-chrome');

const browserArguments = ['--autoplay-policy=no-user-gesture-required', '--no-sandbox', '--disable-gpu', '--mute-audio'];

const resolverArguments = (hosts: Readonly<Record<string, number>>): readonly string[] => {
  const rules = Object.entries(hosts).map(([host, port]) => `MAP ${host} 127.0.0.1:${port}`);
  return rules.length === 0 ? [] : [`--host-resolver-rules=${rules.join(', ')}`];
};

/** Starts a browser without a window, to which host names lead where `hosts` says: a port of this machine each. @throws Error when there is none */
export const launchBrowser = async (hosts: Readonly<Record<string, number>> = {}): Promise<Browser> => {
  if (chromiumPath === undefined) throw new Error('there is no Chromium on the PATH');
  return chromium.launch({ executablePath: chromiumPath, args: [...browserArguments, ...resolverArguments(hosts)] });
};

const look = async (page: Page, strangers: readonly string[]): Promise<Playback> => {
  const seen = await page.evaluate(`(() => {
    const video = document.getElementById('video');
    const { startedAt, ...rest } = window.playing;
    const { totalVideoFrames, droppedVideoFrames } = video.getVideoPlaybackQuality();
    return {
      ...rest, hasStarted: startedAt !== undefined, currentTime: video.currentTime, decodedFrames: totalVideoFrames, droppedFrames: droppedVideoFrames,
      buffered: Array.from({ length: video.buffered.length }, (_, index) => [video.buffered.start(index), video.buffered.end(index)]),
      status: document.getElementById('status').textContent,
    };
  })()`);
  const playback = playbackSchema.parse(seen);
  return { ...playback, errors: [...playback.errors, ...strangers.map((url) => `asked ${url}`)] };
};

const limit = async (session: CDPSession, bitsPerSecond: number | undefined): Promise<void> => {
  const downloadThroughput = bitsPerSecond === undefined ? -1 : bitsPerSecond / 8;
  await session.send('Network.emulateNetworkConditions', { offline: false, latency: bitsPerSecond === undefined ? 0 : 40, downloadThroughput, uploadThroughput: -1 });
};

const readColours = async (page: Page, points: readonly (readonly [number, number])[]): Promise<readonly (readonly number[])[]> => {
  const seen = await page.evaluate(`(() => {
    const video = document.getElementById('video');
    const canvas = new OffscreenCanvas(video.videoWidth, video.videoHeight);
    const picture = canvas.getContext('2d');
    picture.drawImage(video, 0, 0);
    return ${JSON.stringify(points)}.map(([x, y]) => [...picture.getImageData(x * canvas.width, y * canvas.height, 1, 1).data]);
  })()`);
  return z.array(z.array(z.number())).parse(seen);
};

// Names below .test lead nowhere but where the browser was told.
const isOfThisMachine = (url: string): boolean => ['127.0.0.1', ''].includes(new URL(url).hostname) || new URL(url).hostname.endsWith('.test');

/** Opens the player on a page of its own. */
export const openPlayer = async (browser: Browser, pageUrl: string): Promise<PlayerPage> => {
  const context = await browser.newContext({ viewport: { width: 640, height: 480 } });
  const page = await context.newPage();
  const strangers: string[] = [];
  const requested: string[] = [];
  page.on('request', (request) => {
    requested.push(request.url());
    if (!isOfThisMachine(request.url())) strangers.push(request.url());
  });
  const session = await context.newCDPSession(page);
  await session.send('Network.enable');
  await page.goto(pageUrl);
  return {
    playback: () => look(page, strangers),
    requested: () => [...requested],
    throttle: (bitsPerSecond) => limit(session, bitsPerSecond),
    colours: (points) => readColours(page, points),
    close: () => context.close(),
  };
};
