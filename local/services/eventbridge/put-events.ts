import type { PutEventsRequestEntry, PutEventsResultEntry } from '@aws-sdk/client-eventbridge';
import type * as eventbridge from '@aws-sdk/client-eventbridge';
import { z } from 'zod';
import type { Operations } from '../../gateway/define-service.ts';
import { ServiceFault } from '../../gateway/service-fault.ts';
import { requireDefaultBus, type RuleWorld } from './rule-lookup.ts';

const mostEntries = 10;

const detailSchema = z.record(z.string(), z.unknown());

const parseDetail = (text: string): Record<string, unknown> | undefined => {
  try {
    return detailSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
};

const refuse = (ErrorCode: string, ErrorMessage: string): PutEventsResultEntry => ({ ErrorCode, ErrorMessage });

const putEntry = (world: RuleWorld, { Source, DetailType, Detail, Resources = [], Time, EventBusName }: PutEventsRequestEntry): PutEventsResultEntry => {
  requireDefaultBus(EventBusName);
  if (!Source) return refuse('InvalidArgument', 'Parameter Source is not valid. Reason: Source is a required argument.');
  if (Source.startsWith('aws.')) return refuse('NotAuthorizedForSourceException', 'Not authorized for the source.');
  if (!DetailType) return refuse('InvalidArgument', 'Parameter DetailType is not valid. Reason: DetailType is a required argument.');
  if (Detail === undefined) return refuse('InvalidArgument', 'Parameter Detail is not valid. Reason: Detail is a required argument.');
  const detail = parseDetail(Detail);
  if (!detail) return refuse('MalformedDetail', 'Detail is malformed.');
  return { EventId: world.bus.put({ source: Source, detailType: DetailType, resources: Resources, detail }, Time?.getTime()) };
};

/** PutEvents. */
export const putEventsOperation = (world: RuleWorld): Operations<typeof eventbridge> => ({
  PutEvents: {
    permissions: (_input, { region, accountId }) => [{ action: 'events:PutEvents', resources: [`arn:aws:events:${region}:${accountId}:event-bus/default`] }],
    handle: ({ Entries }) => {
      if (Entries.length < 1 || Entries.length > mostEntries) {
        throw new ServiceFault('ValidationException', `PutEvents has ${Entries.length} entries, expected 1 to ${mostEntries}`);
      }
      const results = Entries.map((entry) => putEntry(world, entry));
      return { FailedEntryCount: results.filter(({ ErrorCode }) => ErrorCode !== undefined).length, Entries: results };
    },
  },
});
