import { UnavailableError } from '../../../lambda/domain/shared/errors.ts';
import type { Table } from '../../../lambda/adapters/dynamodb/table.ts';
import type { Fault } from './ledger-commands.ts';

/** A table whose writes fail, or come second, as the faults say: between any two of them something can die. */
export const faultyTable = (table: Table, faults: readonly Fault[], others: () => Promise<unknown>): Table => {
  const left = [...faults];
  const lost = (): UnavailableError => new UnavailableError({ code: 'lost', message: 'the answer was lost' });
  const under = async <Answer>(write: () => Promise<Answer>): Promise<Answer> => {
    const fault = left.shift() ?? 'none';
    if (fault === 'before') throw lost();
    if (fault === 'other') await others();
    const answer = await write();
    if (fault === 'after') throw lost();
    return answer;
  };
  return {
    ...table,
    put: (...parameters) => under(() => table.put(...parameters)),
    update: (...parameters) => under(() => table.update(...parameters)),
    delete: (...parameters) => under(() => table.delete(...parameters)),
    transact: (writes) => under(() => table.transact(writes)),
  };
};
