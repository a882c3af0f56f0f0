import { readdirSync, readFileSync } from 'node:fs';

const read = (path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // It has ended meanwhile.
    return '';
  }
};

/** The processes that this one has started and whose arguments contain a text. */
export const childrenWith = (text: string): readonly number[] =>
  readdirSync('/proc').filter((entry) => /^\d+$/.test(entry)).map(Number).filter((pid) => {
    const parent = Number(read(`/proc/${pid}/stat`).replace(/^.*\) /, '').split(' ')[1]);
    return parent === process.pid && read(`/proc/${pid}/cmdline`).includes(text);
  });
