/** What an archive file's name tells. */
export interface ArchiveName {
  /** Sets the copies of a STANDARD channel apart: what the name has before the time. Empty for the first. */
  readonly copy: string;
  /** When the encoder began the series of files that this is of, milliseconds since the epoch. */
  readonly beganAt: number;
  /** Its place in that series, from 0. */
  readonly sequence: number;
}

/** `…-20261123T101530.000007.ts`: the UTC time that the encoder writes for `$dt$`, then its own counter. */
const namePattern = /^(.*?)[-_.]?(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(?:[-_.](\d{1,10}))?/;

/** Reads the name of an object below an archive's prefix. Undefined for what is no archive file. */
export const readArchiveName = (key: string, keyPrefix: string): ArchiveName | undefined => {
  const match = key.startsWith(keyPrefix) ? namePattern.exec(key.slice(keyPrefix.length)) : null;
  if (!match) return undefined;
  const [, copy = '', year, month, day, hour, minute, second, sequence = '0'] = match;
  const beganAt = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
  return { copy: copy.replace(/^[-_.]/, ''), beganAt, sequence: Number(sequence) };
};
