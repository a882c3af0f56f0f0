import { InvalidInputError } from '../shared/errors.ts';
import { hourOf, type DeliveryLogRow, type DeliveryLogStore } from './delivery-log.ts';
import { sumRows, summariseAccessLog } from './summarise-access-log.ts';

/** Reads log files. */
export interface AccessLogFiles {
  /** The lines of a compressed log file, as they arrive. @throws NotFoundError, UnavailableError */
  lines(bucket: string, key: string): AsyncIterable<string>;
}

/** What counting a log file needs. */
export interface CountAccessLogDeps {
  readonly files: AccessLogFiles;
  readonly logs: Pick<DeliveryLogStore, 'keep'>;
  /** Whether there is such a breakout: paths can name anything. */
  readonly breakoutExists: (breakoutId: string) => Promise<boolean>;
}

/** More ids than this in one file are made up: the rest counts as unattributed without being looked up. */
const mostBreakoutsInFile = 100;

/** CloudFront's names of log files: `<prefix>/<distribution>.YYYY-MM-DD-HH.<unique>.gz` */
const fileName = /(?:^|\/)([A-Z0-9]{5,})\.\d{4}-\d\d-\d\d-\d\d\.[^./]+\.gz$/;

/** The distribution that a log file is of; undefined when the name is not a log file's. */
export const distributionOfLogFile = (key: string): string | undefined => fileName.exec(key)?.[1];

const knownBreakouts = async ({ breakoutExists }: CountAccessLogDeps, rows: readonly DeliveryLogRow[]): Promise<ReadonlySet<string>> => {
  const requested = new Map<string, bigint>();
  for (const { breakoutId, requests } of rows) if (breakoutId !== null) requested.set(breakoutId, (requested.get(breakoutId) ?? 0n) + requests);
  const busiest = [...requested].sort(([, left], [, right]) => Number(right - left)).slice(0, mostBreakoutsInFile);
  const known = await Promise.all(busiest.map(async ([breakoutId]) => ((await breakoutExists(breakoutId)) ? [breakoutId] : [])));
  return new Set(known.flat());
};

/**
 * Counts a delivered log file: its totals are kept under its own key for each hour, so that counting it again changes
 * nothing. Paths that name no existing breakout are kept as unattributed. Answers how many requests it had.
 * @throws InvalidInputError when the object is no access log; NotFoundError; UnavailableError
 */
export const countAccessLog =
  (deps: CountAccessLogDeps) =>
  async (bucket: string, key: string): Promise<{ readonly requests: number; readonly unreadableLines: number }> => {
    const distributionId = distributionOfLogFile(key);
    if (distributionId === undefined) {
      const message = `"${key}" is no access log, expected a name such as pl_main/E2ABCDEF.2026-11-23-10.1a2b3c4d.gz`;
      throw new InvalidInputError({ code: 'not-an-access-log', message, fields: [{ field: 'key', message }] });
    }
    const { rows, requests, unreadableLines } = await summariseAccessLog(deps.files.lines(bucket, key));
    const known = await knownBreakouts(deps, rows);
    const attributed = sumRows(rows.map((row) => (row.breakoutId !== null && known.has(row.breakoutId) ? row : { ...row, breakoutId: null })));
    const byHour = Map.groupBy(attributed, ({ minute }) => hourOf(minute));
    for (const [hour, inHour] of byHour) await deps.logs.keep({ distributionId, hour, source: key, rows: inHour });
    return { requests, unreadableLines };
  };
