/** Tells somebody who waits what is going on. */
export interface Progress {
  /** A step is done or begins. */
  readonly step: (message: string) => void;
  /** What is going on now; replaces the line before on a terminal, and is said every few seconds elsewhere: each half minute when it is the same. */
  readonly status: (message: string) => void;
}

const quietMilliseconds = 5000;
const sameQuietMilliseconds = 30_000;

/** What is wider than the terminal takes two rows, of which only one can be written over. */
const inOneRow = (text: string, columns = 80): string => (text.length < columns ? text : `${text.slice(0, columns - 2)}…`);

/** Writes progress with the seconds since it began. */
export const progressOn = (stream: Pick<NodeJS.WriteStream, 'isTTY' | 'write'> & { readonly columns?: number }, now: () => number = Date.now): Progress => {
  const began = now();
  let lastStatusAt = -Infinity;
  let lastStatus = '';
  let open = false;
  const at = (): string => `${String(Math.round((now() - began) / 1000)).padStart(4)} s  `;
  const closeLine = (): void => {
    if (open) stream.write('\r\x1b[K');
    open = false;
  };
  return {
    step: (message) => {
      closeLine();
      stream.write(`${at()}${message}\n`);
    },
    status: (message) => {
      if (stream.isTTY) {
        stream.write(`\r\x1b[K${inOneRow(`${at()}${message}`, stream.columns)}`);
        open = true;
      } else if (now() - lastStatusAt >= (message === lastStatus ? sameQuietMilliseconds : quietMilliseconds)) {
        stream.write(`${at()}${message}\n`);
        lastStatusAt = now();
        lastStatus = message;
      }
    },
  };
};
