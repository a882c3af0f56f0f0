import { chromium, type Browser, type CDPSession, type Page } from 'playwright-core';
import { z } from 'zod';
import { describeWith, installedProgram } from '../installed-program.ts';

const playbackSchema = z.object({
  format: z.string().optional(),
  /** Heights that the manifest offers. */
  rungs: z.array(z.number()),
  /** The height that is shown. */
  rung: z.number().optional(),
  switches: z.array(z.object({ from: z.number().optional(), to: z.number().optional() })),
  /** Waits after the start, each with the seconds of media that the player had when it began. */
  stalls: z.array(z.object({ secondsAhead: z.number() })),
  errors: z.array(z.string()),
  hasStarted: z.boolean(),
  currentTime: z.number(),
  decodedFrames: z.number(),
});

/** How a playback goes, as the page sees it. */
export type Playback = z.infer<typeof playbackSchema>;

/** The project's player page in a browser. */
export interface PlayerPage {
  /** How it goes now. */
  playback(): Promise<Playback>;
  /** Limits what the page can receive; undefined lifts the limit. */
  throttle(bitsPerSecond: number | undefined): Promise<void>;
  screenshot(): Promise<Buffer>;
  close(): Promise<void>;
}

/** The Chromium of this machine, with H.264 and AAC as distributions package it. */
const executablePath = installedProgram('chromium', 'chromium-browser', 'google-chrome');

/** `describe` for tests that need a browser. */
export const describeInBrowser = describeWith(executablePath, 'there is no Chromium on the PATH; on Debian or Ubuntu: sudo apt-get install chromium');

/** Starts a browser without a window. @throws Error when there is none */
export const launchBrowser = async (): Promise<Browser> => {
  if (executablePath === undefined) throw new Error('there is no Chromium on the PATH');
  return chromium.launch({ executablePath, args: ['--autoplay-policy=no-user-gesture-required', '--no-sandbox', '--disable-gpu', '--mute-audio'] });
};

const look = async (page: Page): Promise<Playback> => {
  const seen = await page.evaluate(`(() => {
    const video = document.getElementById('video');
    const { startedAt, ...rest } = window.playing;
    return { ...rest, hasStarted: startedAt !== undefined, currentTime: video.currentTime, decodedFrames: video.getVideoPlaybackQuality().totalVideoFrames };
  })()`);
  return playbackSchema.parse(seen);
};

const limit = async (session: CDPSession, bitsPerSecond: number | undefined): Promise<void> => {
  const downloadThroughput = bitsPerSecond === undefined ? -1 : bitsPerSecond / 8;
  await session.send('Network.emulateNetworkConditions', { offline: false, latency: bitsPerSecond === undefined ? 0 : 40, downloadThroughput, uploadThroughput: -1 });
};

/** Opens the player on a page of its own. */
export const openPlayer = async (browser: Browser, pageUrl: string): Promise<PlayerPage> => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send('Network.enable');
  await page.goto(pageUrl);
  return {
    playback: () => look(page),
    throttle: (bitsPerSecond) => limit(session, bitsPerSecond),
    screenshot: () => page.screenshot(),
    close: () => context.close(),
  };
};
