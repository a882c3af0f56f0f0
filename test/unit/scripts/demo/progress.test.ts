import { progressOn } from '../../../../scripts/demo/progress.ts';

/** Progress on a clock of its own, with what was written. */
const watched = (isTTY: boolean, columns = 80) => {
  const written: string[] = [];
  let now = 0;
  const progress = progressOn({ isTTY, columns, write: (text: string | Uint8Array) => written.push(String(text)) > 0 }, () => now);
  return { written, progress, at: (seconds: number) => void (now = seconds * 1000) };
};

describe('progress', () => {
  it('says what goes on every few seconds where lines stay', () => {
    const { written, progress, at } = watched(false);

    for (const second of [0, 1, 4, 5, 9, 10]) {
      at(second);
      progress.status(`segment ${second}`);
    }

    expect(written).toEqual(['   0 s  segment 0\n', '   5 s  segment 5\n', '  10 s  segment 10\n']);
  });

  it('repeats itself twice a minute at most', () => {
    const { written, progress, at } = watched(false);

    for (let second = 0; second < 70; second += 1) {
      at(second);
      progress.status('waiting');
    }

    expect(written).toEqual(['   0 s  waiting\n', '  30 s  waiting\n', '  60 s  waiting\n']);
  });

  it('takes no more than a row of a terminal', () => {
    const { written, progress } = watched(true, 20);

    progress.status('fits in a row');
    progress.status('does not fit in a row');

    expect(written).toEqual(['\r\u001b[K   0 s  fits in a …', '\r\u001b[K   0 s  does not f…']);
  });

  it('writes over the line before on a terminal, and leaves steps there', () => {
    const { written, progress } = watched(true);

    progress.status('one');
    progress.step('done');

    expect(written).toEqual(['\r\u001b[K   0 s  one', '\r\u001b[K', '   0 s  done\n']);
  });
});
