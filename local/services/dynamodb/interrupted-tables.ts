import type { Table } from 'dynalite/db/index.js';
import { z } from 'zod';
import { awaited, type Engine } from './engine.ts';

const namesSchema = z.object({ TableNames: z.array(z.string()), LastEvaluatedTableName: z.string().optional() });

/** The names of all tables, whatever their state. */
const allTableNames = async (engine: Engine): Promise<readonly string[]> => {
  const names: string[] = [];
  let ExclusiveStartTableName: string | undefined;
  do {
    const page = namesSchema.parse(await engine.perform('ListTables', ExclusiveStartTableName === undefined ? {} : { ExclusiveStartTableName }));
    names.push(...page.TableNames);
    ExclusiveStartTableName = page.LastEvaluatedTableName;
  } while (ExclusiveStartTableName !== undefined);
  return names;
};

/** Ends the table changes that were under way when the process ended: the engine keeps no timer across a restart. */
export const finishInterruptedChanges = async ({ store, ...engine }: Engine): Promise<void> => {
  for (const name of await allTableNames({ store, ...engine })) {
    const table = await awaited<Table>((callback) => store.getTable(name, false, callback));
    if (!table || table.TableStatus === 'ACTIVE') continue;
    const indexes = table.GlobalSecondaryIndexes?.map((index) => ({ ...index, IndexStatus: 'ACTIVE' }));
    const active = { ...table, TableStatus: 'ACTIVE' as const, ...(indexes ? { GlobalSecondaryIndexes: indexes } : {}) };
    await awaited((callback) => store.tableDb.put(name, active, callback));
    if (table.TableStatus === 'DELETING') await engine.perform('DeleteTable', { TableName: name });
  }
};
