import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startLiveEncoder, type EncodedChunk, type LiveEncoder } from '../../../../local/media/encoder/live-encoder.ts';
import type { Rendition } from '../../../../local/media/encoder/rendition.ts';
import { createInputRelay, type InputRelay, type InputRelayOptions } from '../../../../local/media/relay/input-relay.ts';
import type { RelayEvent } from '../../../../local/media/relay/relay-event.ts';
import { systemClock } from '../../../../local/runtime/clock.ts';
import { numbersIn } from './numbered-source.ts';

/** A relay in front of a real encoder, with everything that came of it. */
export interface RelayRig {
  readonly relay: InputRelay;
  readonly origin: number;
  /** With the time at which each was told, in milliseconds since the origin. */
  readonly events: readonly (RelayEvent & { readonly at: number })[];
  /** With the time at which each was reported. */
  readonly chunks: readonly (EncodedChunk & { readonly at: number })[];
  readonly encoders: readonly LiveEncoder[];
  until(what: string, condition: () => boolean, milliseconds?: number): Promise<void>;
  /** Flushes the encode; its media can be read then. */
  readOut(): Promise<ProgramReading>;
  close(): void;
}

/** What an encode's first rendition holds. */
export interface ProgramReading {
  readonly numbers: readonly number[];
  /** Milliseconds, in the order in which pictures are shown. */
  readonly pictureTimes: readonly number[];
  readonly soundTimes: readonly number[];
}

/** The smallest rendition of the small ladder. */
export const smallRendition: Rendition = {
  name: '240p',
  video: {
    widthPixels: 426, heightPixels: 240, bitsPerSecond: 400_000, maximumBitsPerSecond: 400_000, bufferBits: 800_000, frameRate: { numerator: 30, denominator: 1 }, gopFrames: 60,
    profile: 'main', bFrames: 2, isStretched: false,
  },
  audio: { bitsPerSecond: 96_000, samplesPerSecond: 48_000, channels: 2 },
};

type RigOptions = Partial<Omit<InputRelayOptions, 'inputs'>> & { readonly inputs?: readonly string[]; readonly renditions?: readonly Rendition[] };

/** Starts it; the first rendition is the one that is read out. */
export const startRelayRig = ({ inputs = ['primary', 'backup'], renditions = [smallRendition], ...more }: RigOptions = {}): RelayRig => {
  const folder = mkdtempSync(join(tmpdir(), 'relay-rig-'));
  const origin = more.origin ?? Date.now();
  const events: (RelayEvent & { at: number })[] = [];
  const chunks: (EncodedChunk & { at: number })[] = [];
  const encoders: LiveEncoder[] = [];
  const startEncoder = (startMilliseconds: number): LiveEncoder => {
    const own = join(folder, String(encoders.length));
    mkdirSync(own);
    const encoder = startLiveEncoder({ ffmpegPath: 'ffmpeg', folder: own, startMilliseconds, renditions, onChunk: (chunk) => void chunks.push({ ...chunk, at: Date.now() - origin }) });
    encoders.push(encoder);
    return encoder;
  };
  const relay = createInputRelay({
    inputs: inputs.map((name) => ({ name })), lossBehaviour: { repeatFrameMilliseconds: 1000, blackFrameMilliseconds: 1000, image: { kind: 'COLOR', rgb: 'ffffff' } },
    video: renditions[0]!.video, origin, clock: systemClock, ffmpegPath: 'ffmpeg', hasThumbnails: false, startEncoder,
    onEvent: (event) => void events.push({ ...event, at: Date.now() - origin }), ...more,
  });
  return {
    relay, origin, events, chunks, encoders,
    until: async (what, condition, milliseconds = 15_000) => {
      const deadline = Date.now() + milliseconds;
      while (!condition()) {
        if (Date.now() > deadline) throw new Error(`waited ${milliseconds} ms for ${what}`);
        await systemClock.sleep(10);
      }
    },
    readOut: async () => {
      await relay.stop();
      return readProgram(folder, chunks.filter(({ rendition }) => rendition === 0).map(({ file }) => file));
    },
    close: () => {
      relay.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

const readProgram = async (folder: string, files: readonly string[]): Promise<ProgramReading> => {
  const joined = join(folder, 'program.ts');
  writeFileSync(joined, Buffer.concat(files.map((file) => readFileSync(file))));
  const times = async (stream: 'v' | 'a'): Promise<readonly number[]> => {
    const { stdout } = await promisify(execFile)('ffprobe', ['-v', 'error', '-select_streams', stream, '-show_entries', 'packet=pts_time', '-of', 'csv=p=0', joined], { maxBuffer: 64_000_000 });
    return stdout.split('\n').map((line) => Number.parseFloat(line)).filter((time) => !Number.isNaN(time)).map((time) => time * 1000).toSorted((one, other) => one - other);
  };
  return { numbers: await numbersIn(joined), pictureTimes: await times('v'), soundTimes: await times('a') };
};
