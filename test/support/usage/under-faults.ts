import { UnavailableError } from '../../../lambda/domain/shared/errors.ts';
import type { Fault } from './ledger-commands.ts';

/** Carries writes out as the faults say, one after another: lost before or after, or second to others. When they are used up, nothing goes wrong. */
export const underFaults = (faults: readonly Fault[], others: () => Promise<unknown>) => {
  const left = [...faults];
  const lost = (): UnavailableError => new UnavailableError({ code: 'lost', message: 'the answer was lost' });
  return async <Answer>(write: () => Promise<Answer>): Promise<Answer> => {
    const fault = left.shift() ?? 'none';
    if (fault === 'before') throw lost();
    if (fault === 'other') await others();
    const answer = await write();
    if (fault === 'after') throw lost();
    return answer;
  };
};
