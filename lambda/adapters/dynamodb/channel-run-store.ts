import * as z from 'zod';
import { itemKey } from '../../contract/table-keys.ts';
import { type ChannelRun, withObservation } from '../../domain/breakouts/channel-run.ts';
import type { ChannelRunStore } from '../../domain/breakouts/channel-run-store.ts';
import { UnavailableError } from '../../domain/shared/errors.ts';
import { attempted } from './attempted.ts';
import { equals, isAbsent } from './expressions.ts';
import { type ItemCodec, itemCodec } from './item-codec.ts';
import type { Table } from './table.ts';

const observedSchema = z.object({ at: z.string(), source: z.enum(['EVENT', 'POLL']) });

const ranChannelSchema = z.object({
  channelId: z.string(),
  channelArn: z.string(),
  channelClass: z.enum(['SINGLE_PIPELINE', 'STANDARD']),
  inputs: z.array(
    z.object({
      name: z.string(),
      codec: z.enum(['MPEG2', 'AVC', 'HEVC']),
      resolution: z.enum(['SD', 'HD', 'UHD']),
      maximumBitrate: z.enum(['MAX_10_MBPS', 'MAX_20_MBPS', 'MAX_50_MBPS']),
    }),
  ),
  outputs: z.array(
    z.object({
      outputGroup: z.string(),
      name: z.string(),
      codec: z.enum(['AVC', 'HEVC']),
      widthPixels: z.number(),
      heightPixels: z.number(),
      bitsPerSecond: z.number(),
      framesPerSecond: z.number(),
    }),
  ),
});

interface StoredRun {
  readonly run: ChannelRun;
  readonly revision: number;
}

const runSchema: z.ZodType<ChannelRun> = z.object({
  breakoutId: z.string(),
  attempt: z.int().positive(),
  pipelineId: z.string(),
  channel: ranChannelSchema,
  requestedAt: z.string(),
  started: observedSchema.exactOptional(),
  ended: observedSchema.exactOptional(),
  stopRequestedAt: z.string().exactOptional(),
});

const codec: ItemCodec<StoredRun> = itemCodec('ChannelRun', 1, z.object({ run: runSchema, revision: z.int().positive() }));

const maximumTries = 8;

const change = async (table: Table, breakoutId: string, attempt: number, next: (run: ChannelRun) => ChannelRun): Promise<ChannelRun | undefined> => {
  const key = itemKey.channelRun(breakoutId, attempt);
  for (let tries = 0; tries < maximumTries; tries += 1) {
    const item = await table.get(key);
    if (item === undefined) return undefined;
    const { run, revision } = codec.decode(item);
    const changed = next(run);
    const put = { ...codec.encode({ run: changed, revision: revision + 1 }), ...key };
    if (await attempted(table.put(put, equals('revision', revision)))) return changed;
  }
  throw new UnavailableError({ code: 'run-contended', message: `run ${attempt} of ${breakoutId} was changed by others ${maximumTries} times: try again` });
};

/** Runs of channels in the one table. */
export const dynamoDbChannelRunStore = (table: Table): ChannelRunStore => {
  const get = async (breakoutId: string, attempt: number): Promise<ChannelRun | undefined> => {
    const item = await table.get(itemKey.channelRun(breakoutId, attempt));
    return item === undefined ? undefined : codec.decode(item).run;
  };
  return {
    get,
    async list(breakoutId) {
      const items = await table.query({ partition: itemKey.breakout(breakoutId).PK, prefix: 'RUN#' });
      return items.map((item) => codec.decode(item).run);
    },
    async begin(run) {
      const key = itemKey.channelRun(run.breakoutId, run.attempt);
      const isNew = await attempted(table.put({ ...codec.encode({ run, revision: 1 }), ...key }, isAbsent));
      return isNew ? run : ((await get(run.breakoutId, run.attempt)) ?? run);
    },
    observe: (breakoutId, attempt, seen) => change(table, breakoutId, attempt, (run) => withObservation(run, seen)),
    async noteStopRequest(breakoutId, attempt, at) {
      await change(table, breakoutId, attempt, (run) => ({ ...run, stopRequestedAt: at }));
    },
  };
};
