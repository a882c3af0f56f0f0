import type { Store } from 'dynalite/db/index.js';
import type { ItemAddress } from './table-world.ts';

/** Runs with the engine's own locks on all items, so that no single write is between its check and its write. */
export const withItemLocks = <Result>(store: Store, addresses: readonly ItemAddress[], run: () => Promise<Result>): Promise<Result> => {
  // In one order for everyone: two transactions never wait for each other.
  const tables = [...new Set(addresses.map(({ table }) => table))].sort();
  const lockFrom = (index: number): Promise<Result> => {
    const table = tables[index];
    if (table === undefined) return run();
    const keys = addresses.filter((address) => address.table === table).map(({ key }) => key);
    return new Promise((resolve, reject) => {
      store.getItemDb(table).lock(keys, (release) => {
        lockFrom(index + 1)
          .then(resolve, reject)
          .finally(release(() => undefined));
      });
    });
  };
  return lockFrom(0);
};
