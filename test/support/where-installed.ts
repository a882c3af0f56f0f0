type Titled<Body> = (title: string, body: Body, timeoutMilliseconds?: number) => void;

const whereInstalled =
  <Body>(run: Titled<Body>, skip: Titled<Body>) =>
  (program: string | undefined, remedy: string): Titled<Body> =>
    program === undefined
      ? (title, body) => {
          process.stderr.write(`skipped: ${title}: ${remedy}\n`);
          skip(title, body);
        }
      : run;

/** `it` where the program is there; elsewhere the test is skipped and the reason, with what to install, is printed. */
export const itWith = whereInstalled<() => Promise<void>>(it, it.skip);

/** `describe` where the program is there; elsewhere its tests are skipped and the reason, with what to install, is printed. */
export const describeWith = whereInstalled<() => void>((title, tests) => describe(title, tests), (title, tests) => describe.skip(title, tests));
