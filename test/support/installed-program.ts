import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const isProgram = (file: string): boolean => {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** Where the first of these programs is that this machine has on its PATH. */
export const installedProgram = (...names: readonly string[]): string | undefined =>
  (process.env['PATH'] ?? '').split(delimiter).flatMap((folder) => names.map((name) => join(folder, name))).find(isProgram);

/** `it` where the program is there; elsewhere the test is skipped and the reason, with what to install, is printed. */
export const itWith = (program: string | undefined, remedy: string): ((title: string, test: () => void | Promise<void>) => void) => {
  if (program !== undefined) return (title, test) => void it(title, test);
  return (title, test) => {
    process.stderr.write(`skipped: ${title}: ${remedy}\n`);
    it.skip(title, test);
  };
};

/** `describe` where the program is there; elsewhere its tests are skipped and the reason, with what to install, is printed. */
export const describeWith = (program: string | undefined, remedy: string): ((title: string, tests: () => void) => void) => {
  if (program !== undefined) return (title, tests) => void describe(title, tests);
  return (title, tests) => {
    process.stderr.write(`skipped: ${title}: ${remedy}\n`);
    describe.skip(title, tests);
  };
};
