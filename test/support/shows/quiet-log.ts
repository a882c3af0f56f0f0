/** Keeps what is written to the log of this process during the tests of a file, and out of the way. */
export const quietLog = (): { readonly lines: string[] } => {
  const kept: { lines: string[] } = { lines: [] };
  beforeEach(() => {
    kept.lines = [];
    jest.spyOn(process.stdout, 'write').mockImplementation((line) => {
      kept.lines.push(String(line));
      return true;
    });
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });
  return kept;
};
