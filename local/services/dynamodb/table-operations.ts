import { z } from 'zod';
import type { Members } from './engine.ts';
import { describeSettings, readTableOptions, refuseProtected } from './table-settings.ts';
import type { TableWorld } from './table-world.ts';

const descriptionSchema = z.looseObject({ TableName: z.string(), TableArn: z.string() });
const tagsSchema = z.array(z.record(z.string(), z.unknown()));

const withSettings = ({ settings }: TableWorld, description: unknown): Members => {
  const table = descriptionSchema.parse(description);
  return { ...table, ...describeSettings(settings.get(table.TableName) ?? {}) };
};

/** Creates a table with its tags and settings. It is CREATING for a while. */
export const createTable = async (world: TableWorld, input: Members): Promise<Members> => {
  const options = readTableOptions(input);
  const { TableDescription } = await world.engine.perform('CreateTable', input);
  const { TableName, TableArn } = descriptionSchema.parse(TableDescription);
  world.settings.put(TableName, options);
  const Tags = tagsSchema.parse(input['Tags'] ?? []);
  if (Tags.length > 0) await world.engine.perform('TagResource', { ResourceArn: TableArn, Tags });
  return { TableDescription: withSettings(world, TableDescription) };
};

/** Describes a table with its settings. */
export const describeTable = async (world: TableWorld, input: Members): Promise<Members> => {
  const { Table } = await world.engine.perform('DescribeTable', input);
  return { Table: withSettings(world, Table) };
};

const changesEngine = (input: Members): boolean =>
  ['ProvisionedThroughput', 'GlobalSecondaryIndexUpdates', 'BillingMode'].some((member) => input[member] !== undefined);

/** Changes a table's settings, capacity and indexes. */
export const updateTable = async (world: TableWorld, input: Members): Promise<Members> => {
  const options = readTableOptions(input);
  const { Table } = await world.engine.perform('DescribeTable', { TableName: input['TableName'] });
  const { TableName } = descriptionSchema.parse(Table);
  const described = changesEngine(input) ? (await world.engine.perform('UpdateTable', input))['TableDescription'] : Table;
  world.settings.put(TableName, { ...world.settings.get(TableName), ...options });
  return { TableDescription: withSettings(world, described) };
};

/** Deletes a table that is not protected, with its items. */
export const deleteTable = async (world: TableWorld, input: Members): Promise<Members> => {
  const { Table } = await world.engine.perform('DescribeTable', { TableName: input['TableName'] });
  const { TableName, TableArn } = descriptionSchema.parse(Table);
  refuseProtected(world, TableName, TableArn);
  const { TableDescription } = await world.engine.perform('DeleteTable', input);
  const answer = withSettings(world, TableDescription);
  world.settings.delete(TableName);
  return { TableDescription: answer };
};
