import { ConflictError, UnavailableError } from './errors.ts';

/**
 * Refuses a change that was decided on another version than the current one.
 * @throws ConflictError `revision-mismatch`
 */
export const requireRevision = (current: number, expected: number | undefined): void => {
  if (expected === undefined || expected === current) return;
  throw new ConflictError({
    code: 'revision-mismatch',
    message: `the resource is at revision ${current}, expected ${expected}: read it again and repeat the change on what it is now`,
    details: { revision: current },
  });
};

// Each try reads afresh, so that one lost try means that someone else's write was done.
const maximumTries = 10;

/**
 * Reads, decides and writes until the write is done; `attempt` answers undefined when someone else wrote first.
 * @throws UnavailableError after ten such tries
 */
export const untilSaved = async <Saved>(what: string, attempt: () => Promise<Saved | undefined>): Promise<Saved> => {
  for (let tries = 0; tries < maximumTries; tries += 1) {
    const saved = await attempt();
    if (saved !== undefined) return saved;
  }
  throw new UnavailableError({ code: 'write-contended', message: `${what} was changed by others ${maximumTries} times in a row: try again` });
};
