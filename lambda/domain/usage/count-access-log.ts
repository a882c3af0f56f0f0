import type { AudienceStore } from '../audience/audience-store.ts';
import { joinLoggedAudience, type AudienceOwner } from '../audience/join-logged-audience.ts';
import { InvalidInputError } from '../shared/errors.ts';
import { addressHash } from './access-log/address-hash.ts';
import { LogFault } from './access-log/log-fault.ts';
import { accessLogReader, type AccessLogReading } from './access-log/read-access-log.ts';
import { lateTraffic } from './late/late-log.ts';
import { hourOf, type DeliveryLogRow, type DeliveryLogStore, type LogFile } from './delivery-log.ts';
import { sumRows } from './sum-rows.ts';

/** Reads log files. */
export interface AccessLogFiles {
  /** The bytes of a log file, unpacked as they arrive, each piece there until the next is asked for. @throws LogFault, NotFoundError, UnavailableError */
  bytes(bucket: string, key: string): AsyncIterable<Uint8Array>;
}

/** What counting a log file needs. */
export interface CountAccessLogDeps {
  readonly files: AccessLogFiles;
  readonly logs: Pick<DeliveryLogStore, 'isCounted' | 'keep' | 'setAside'>;
  readonly audiences: Pick<AudienceStore, 'addressKey' | 'join' | 'joinMinutes'>;
  /** Whose breakout it is; undefined when there is none: paths can name anything. */
  readonly ownerOf: (breakoutId: string) => Promise<AudienceOwner | undefined>;
  readonly now: () => number;
  /** How old traffic is when something that it belongs to may be final. */
  readonly lateAfterMilliseconds: number;
}

/** What became of a log file. */
export type CountedAccessLog =
  | { readonly status: 'COUNTED'; readonly requests: number }
  | { readonly status: 'COUNTED_BEFORE' }
  | { readonly status: 'SET_ASIDE'; readonly reason: string; readonly message: string };

/** A file holds the requests of about an hour: with more hours than these it is none that CloudFront writes. */
const mostHours = 48;

/** CloudFront's names of log files: `<prefix>/<distribution>.YYYY-MM-DD-HH.<unique>.gz` */
const fileName = /(?:^|\/)([A-Z0-9]{5,})\.(\d{4}-\d\d-\d\d)-(\d\d)\.[^./]+\.gz$/;

/** The distribution and UTC hour that a log file is of; undefined when the name is not a log file's. */
export const logFileOf = (key: string): LogFile | undefined => {
  const [, distributionId, date = '', hour = ''] = fileName.exec(key) ?? [];
  return distributionId === undefined ? undefined : { distributionId, source: key, hour: `${date}T${hour}` };
};

const readLog = async ({ files, audiences }: CountAccessLogDeps, bucket: string, key: string): Promise<AccessLogReading> => {
  const reader = accessLogReader(addressHash(await audiences.addressKey()));
  for await (const chunk of files.bytes(bucket, key)) reader.push(chunk);
  const reading = reader.end();
  const hours = new Set(reading.rows.map(({ minute }) => hourOf(minute)));
  if (hours.size > mostHours) throw new LogFault('too-many-totals', `the file has requests of ${hours.size} hours, expected up to ${mostHours}`);
  return reading;
};

/** Looked up in turns of so many, so that a file of many breakouts is no burst. */
const lookupsAtOnce = 25;

const knownOwners = async ({ ownerOf }: CountAccessLogDeps, rows: readonly DeliveryLogRow[]): Promise<ReadonlyMap<string, AudienceOwner>> => {
  const ids = [...new Set(rows.flatMap(({ breakoutId }) => breakoutId ?? []))];
  const known = new Map<string, AudienceOwner>();
  for (let from = 0; from < ids.length; from += lookupsAtOnce) {
    const found = await Promise.all(ids.slice(from, from + lookupsAtOnce).map(async (id) => [id, await ownerOf(id)] as const));
    for (const [id, owner] of found) if (owner) known.set(id, owner);
  }
  return known;
};

const book = async (deps: CountAccessLogDeps, file: LogFile, { requests, rows, audiences }: AccessLogReading): Promise<void> => {
  const owners = await knownOwners(deps, rows);
  for (const [breakoutId, logged] of audiences) {
    const owner = owners.get(breakoutId);
    if (owner) await joinLoggedAudience(deps.audiences, owner, logged);
  }
  const attributed = sumRows(rows.map((row) => (row.breakoutId !== null && owners.has(row.breakoutId) ? row : { ...row, breakoutId: null, kind: null })));
  const late = lateTraffic(attributed, deps.now(), deps.lateAfterMilliseconds);
  await deps.logs.keep({ ...file, requests, rows: attributed, ...(late && { late }) });
};

/**
 * Counts a delivered log file once, however often it is told of: who watched is joined, which changes nothing when done
 * again, and then all totals are kept together with the fact that the file is counted. Paths that name no existing breakout
 * are kept as unattributed. Traffic that may be booked as final already is noted as late. A file that is not what it should be is set aside with its reason, and nothing of it counts.
 * @throws InvalidInputError when the object is no access log; NotFoundError; UnavailableError
 */
export const countAccessLog =
  (deps: CountAccessLogDeps) =>
  async (bucket: string, key: string): Promise<CountedAccessLog> => {
    const file = logFileOf(key);
    if (file === undefined) {
      const message = `"${key}" is no access log, expected a name such as pl_main/E2ABCDEF.2026-11-23-10.1a2b3c4d.gz`;
      throw new InvalidInputError({ code: 'not-an-access-log', message, fields: [{ field: 'key', message }] });
    }
    if (await deps.logs.isCounted(file)) return { status: 'COUNTED_BEFORE' };
    try {
      const reading = await readLog(deps, bucket, key);
      await book(deps, file, reading);
      return { status: 'COUNTED', requests: reading.requests };
    } catch (error) {
      if (!(error instanceof LogFault)) throw error;
      const { reason, message } = error;
      await deps.logs.setAside({ ...file, reason, message, at: new Date(deps.now()).toISOString() });
      return { status: 'SET_ASIDE', reason, message };
    }
  };
