import type { Table } from '../../../lambda/adapters/dynamodb/table.ts';
import type { Fault } from './ledger-commands.ts';
import { underFaults } from './under-faults.ts';

/** A table whose writes fail, or come second, as the faults say: between any two of them something can die. */
export const faultyTable = (table: Table, faults: readonly Fault[], others: () => Promise<unknown>): Table => {
  const under = underFaults(faults, others);
  return {
    ...table,
    put: (...parameters) => under(() => table.put(...parameters)),
    update: (...parameters) => under(() => table.update(...parameters)),
    delete: (...parameters) => under(() => table.delete(...parameters)),
    transact: (writes) => under(() => table.transact(writes)),
  };
};
