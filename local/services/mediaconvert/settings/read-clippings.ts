import type { InputClipping } from '@aws-sdk/client-mediaconvert';
import { badRequest } from '../faults.ts';

/** A stretch of an input, in seconds from its beginning; absent ends are the input's. */
export interface Clipping {
  readonly startSeconds?: number;
  readonly endSeconds?: number;
}

const secondsOf = (timecode: string | undefined, path: string): number | undefined => {
  if (timecode === undefined) return undefined;
  const [, hours, minutes, seconds, frames] = /^(\d\d):([0-5]\d):([0-5]\d)[:;](\d\d)$/.exec(timecode) ?? [];
  if (hours === undefined) throw badRequest(`${path}: got ${JSON.stringify(timecode)}, expected HH:MM:SS:FF`);
  if (frames !== '00') throw badRequest(`${path}: got frame ${frames ?? ''}, local mode clips at whole seconds only: expected HH:MM:SS:00`);
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
};

/** Reads an input's clippings. Throws 400, naming the path of the setting, for what is malformed or empty. */
export const clippingsOf = (clippings: readonly InputClipping[], path: string): readonly Clipping[] =>
  clippings.map(({ StartTimecode, EndTimecode }, index) => {
    const startSeconds = secondsOf(StartTimecode, `${path}[${index}]/startTimecode`);
    const endSeconds = secondsOf(EndTimecode, `${path}[${index}]/endTimecode`);
    if (endSeconds !== undefined && endSeconds <= (startSeconds ?? 0)) throw badRequest(`${path}[${index}]: ends at ${EndTimecode ?? ''}, expected after its start ${StartTimecode ?? '00:00:00:00'}`);
    return { ...(startSeconds === undefined ? {} : { startSeconds }), ...(endSeconds === undefined ? {} : { endSeconds }) };
  });
