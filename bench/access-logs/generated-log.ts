import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { accessLogHeader } from '../../local/edge/logs/access-log-line.ts';

/** A generated log file, and what is in it. */
export interface GeneratedLog {
  readonly file: string;
  readonly lines: number;
  readonly bytes: bigint;
  readonly viewers: number;
}

const breakoutId = 'bko_01JD0000000000000000000000';
const locations = ['IAD89-P1', 'FRA2-C1', 'LHR61-P2', 'NRT20-C1', 'SYD1-C1', 'GRU3-C2', 'BOM52-P1', 'ORD58-P4', 'CDG50-P1', 'SIN2-P2'];
const agents = [
  'Mozilla/5.0%20(Windows%20NT%2010.0;%20Win64;%20x64)%20AppleWebKit/537.36%20(KHTML,%20like%20Gecko)%20Chrome/130.0.0.0%20Safari/537.36',
  'Mozilla/5.0%20(Macintosh;%20Intel%20Mac%20OS%20X%2010_15_7)%20AppleWebKit/605.1.15%20(KHTML,%20like%20Gecko)%20Version/17.6%20Safari/605.1.15',
  'AppleCoreMedia/1.0.0.21G93%20(iPhone;%20U;%20CPU%20OS%2017_6_1%20like%20Mac%20OS%20X;%20en_us)',
  'Mozilla/5.0%20(Linux;%20Android%2014;%20SM-S918B)%20AppleWebKit/537.36%20(KHTML,%20like%20Gecko)%20Chrome/129.0.0.0%20Mobile%20Safari/537.36',
  'Mozilla/5.0%20(SMART-TV;%20Linux;%20Tizen%206.0)%20AppleWebKit/537.36%20(KHTML,%20like%20Gecko)%2076.0.3809.146/6.0%20TV%20Safari/537.36',
  'Mozilla/5.0%20(Web0S;%20Linux/SmartTV)%20AppleWebKit/537.36%20(KHTML,%20like%20Gecko)%20Chrome/94.0.4606.128%20Safari/537.36%20WebAppManager',
  'Mozilla/5.0%20(X11;%20Ubuntu;%20Linux%20x86_64;%20rv:131.0)%20Gecko/20100101%20Firefox/131.0',
];
const results = ['Hit', 'Hit', 'Hit', 'Hit', 'Hit', 'Hit', 'Miss', 'RefreshHit'];
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** Numbers from 0 to below 2^32, the same for the same seed (mulberry32, by Tommy Ettinger, public domain). */
const randomNumbers = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
};

interface Viewer {
  readonly token: string;
  readonly location: string;
  readonly ip: string;
  readonly agent: string;
}

const someViewers = (count: number, random: () => number): readonly Viewer[] => {
  const characters = (length: number): string => Array.from({ length }, () => alphabet[random() & 63]).join('');
  return Array.from({ length: count }, (_, index) => ({
    token: `k1.t4x9gk.${characters(16)}.v.${characters(43)}`,
    location: locations[random() % locations.length] ?? '',
    ip: `198.51.${index % 200}.${random() % 250}`,
    agent: agents[random() % agents.length] ?? '',
  }));
};

const lineOf = (viewer: Viewer, index: number, lines: number, random: () => number): { readonly line: string; readonly bytes: number } => {
  const second = Math.floor((index * 3600) / lines);
  const isManifest = index % 2 === 0;
  const bytes = isManifest ? 900 + (random() % 400) : 900_000 + (random() % 600_000);
  const result = results[random() % results.length] ?? '';
  const time = `10:${String(Math.floor(second / 60)).padStart(2, '0')}:${String(second % 60).padStart(2, '0')}`;
  const path = `/t/${viewer.token}/${breakoutId}/out/v1/0a1b2c3d4e5f60718293a4b5c6d7e8f9/${isManifest ? 'index_3.m3u8' : `index_3_${second}.ts`}`;
  const id = `${random().toString(36)}${random().toString(36)}${random().toString(36)}${random().toString(36)}`.padEnd(54, '0');
  const type = isManifest ? 'application/x-mpegURL' : 'video/MP2T';
  const line = `2026-11-23\t${time}\t${viewer.location}\t${bytes}\t${viewer.ip}\tGET\td111111abcdef8.cloudfront.net\t${path}\t200\thttps://watch.example.com/\t${viewer.agent}\tm=1764000000\t-\t${result}\t${id}==\td111111abcdef8.cloudfront.net\thttps\t${60 + (random() % 90)}\t0.0${10 + (random() % 80)}\t-\tTLSv1.3\tTLS_AES_128_GCM_SHA256\t${result}\tHTTP/2.0\t-\t-\t${1024 + (random() % 60_000)}\t0.0${10 + (random() % 80)}\t${result}\t${type}\t${bytes - 400}\t-\t-\n`;
  return { line, bytes };
};

/** Writes a compressed access log of one hour of a show with `viewers` viewers; the same for the same numbers. */
export const generateLog = async (file: string, lines: number, viewers: number): Promise<GeneratedLog> => {
  const random = randomNumbers(20_261_123);
  const audience = someViewers(viewers, random);
  let bytes = 0n;
  const texts = function* (): Generator<string> {
    yield accessLogHeader;
    for (let from = 0; from < lines; from += 1000) {
      let text = '';
      for (let index = from; index < Math.min(lines, from + 1000); index += 1) {
        const viewer = audience[index < viewers ? index : random() % viewers];
        if (viewer === undefined) continue;
        const one = lineOf(viewer, index, lines, random);
        text += one.line;
        bytes += BigInt(one.bytes);
      }
      yield text;
    }
  };
  await pipeline(Readable.from(texts()), createGzip(), createWriteStream(file));
  return { file, lines, bytes, viewers };
};
