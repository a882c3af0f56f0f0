import { z } from 'zod';
import { modelledFault, validationFault } from './dynamodb-fault.ts';
import type { Members } from './engine.ts';
import type { TableSettings, TableWorld } from './table-world.ts';

const tableName = z.string();

const existing = async ({ engine, settings }: TableWorld, input: Members): Promise<{ name: string; known: TableSettings }> => {
  const { TableName } = engine.check('DescribeTable', { TableName: input['TableName'] });
  const name = tableName.parse(TableName);
  await engine.perform('DescribeTable', { TableName: name });
  return { name, known: settings.get(name) ?? {} };
};

const expirySchema = z.object({ TimeToLiveSpecification: z.object({ AttributeName: z.string().min(1).max(255), Enabled: z.boolean() }) });

/** Switches expiry by an attribute on or off, refusing what already is so, as DynamoDB does. */
export const updateTimeToLive = async (world: TableWorld, input: Members): Promise<Members> => {
  const request = expirySchema.safeParse(input);
  if (!request.success) throw validationFault('TimeToLiveSpecification needs AttributeName (1 to 255 characters) and Enabled (true or false)');
  const { AttributeName, Enabled } = request.data.TimeToLiveSpecification;
  const { name, known: { expiryAttribute, ...others } } = await existing(world, input);
  if (Enabled === (expiryAttribute !== undefined)) throw validationFault(`TimeToLive is already ${Enabled ? 'enabled' : 'disabled'}`);
  if (!Enabled && expiryAttribute !== AttributeName) {
    throw validationFault(`TimeToLive is active on a different AttributeName: current AttributeName is ${expiryAttribute ?? ''}`);
  }
  world.settings.put(name, Enabled ? { ...others, expiryAttribute: AttributeName } : others);
  return { TimeToLiveSpecification: { AttributeName, Enabled } };
};

/** By which attribute items expire. */
export const describeTimeToLive = async (world: TableWorld, input: Members): Promise<Members> => {
  const { known } = await existing(world, input);
  const { expiryAttribute: AttributeName } = known;
  return { TimeToLiveDescription: AttributeName === undefined ? { TimeToLiveStatus: 'DISABLED' } : { TimeToLiveStatus: 'ENABLED', AttributeName } };
};

const backupsOf = ({ pointInTimeRecovery = false }: TableSettings): Members => ({
  ContinuousBackupsDescription: {
    ContinuousBackupsStatus: 'ENABLED',
    PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: pointInTimeRecovery ? 'ENABLED' : 'DISABLED' },
  },
});

/** Whether point-in-time recovery is on. Nothing is backed up in local mode. */
export const describeContinuousBackups = async (world: TableWorld, input: Members): Promise<Members> => backupsOf((await existing(world, input)).known);

const recoverySchema = z.object({ PointInTimeRecoverySpecification: z.object({ PointInTimeRecoveryEnabled: z.boolean() }) });

/** Remembers whether point-in-time recovery is on. */
export const updateContinuousBackups = async (world: TableWorld, input: Members): Promise<Members> => {
  const request = recoverySchema.safeParse(input);
  if (!request.success) throw validationFault('PointInTimeRecoverySpecification needs PointInTimeRecoveryEnabled (true or false)');
  const { name, known } = await existing(world, input);
  const changed = { ...known, pointInTimeRecovery: request.data.PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled };
  world.settings.put(name, changed);
  return backupsOf(changed);
};

const tableOptionsSchema = z.object({
  DeletionProtectionEnabled: z.boolean().optional(),
  TableClass: z.enum(['STANDARD', 'STANDARD_INFREQUENT_ACCESS']).optional(),
  SSESpecification: z.object({ Enabled: z.boolean().optional(), SSEType: z.enum(['AES256', 'KMS']).optional() }).optional(),
  StreamSpecification: z.object({ StreamEnabled: z.literal(false) }).optional(),
});

/** Reads what CreateTable and UpdateTable say that the engine does not keep. Throws on what local mode has not. */
export const readTableOptions = (input: Members): TableSettings => {
  const request = tableOptionsSchema.safeParse(input);
  if (!request.success) throw validationFault(`the table cannot be made in local mode: ${z.prettifyError(request.error)}`);
  const { DeletionProtectionEnabled, TableClass, SSESpecification } = request.data;
  return {
    ...(DeletionProtectionEnabled === undefined ? {} : { deletionProtection: DeletionProtectionEnabled }),
    ...(TableClass === undefined ? {} : { tableClass: TableClass }),
    ...(SSESpecification?.Enabled ? { encryptionType: SSESpecification.SSEType ?? 'KMS' } : {}),
  };
};

/** How DescribeTable shows a table's settings. */
export const describeSettings = ({ deletionProtection = false, tableClass, encryptionType }: TableSettings): Members => ({
  DeletionProtectionEnabled: deletionProtection,
  ...(tableClass === undefined ? {} : { TableClassSummary: { TableClass: tableClass } }),
  ...(encryptionType === undefined ? {} : { SSEDescription: { Status: 'ENABLED', SSEType: encryptionType } }),
});

/** Throws when the table may not be deleted. */
export const refuseProtected = ({ settings }: TableWorld, name: string, arn: string): void => {
  if (!settings.get(name)?.deletionProtection) return;
  throw modelledFault('ValidationException', `Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first: ${arn}`);
};
