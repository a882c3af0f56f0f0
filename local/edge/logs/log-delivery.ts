import { gzipSync } from 'node:zlib';
import type { Clock, TimeScale } from '../../runtime/clock.ts';
import type { StateStore } from '../../runtime/state/collection.ts';
import { accessLogHeader } from './access-log-line.ts';

/** Where a distribution's logs go. */
export interface LogTarget {
  readonly bucket: string;
  /** Ends in a slash, or is empty. */
  readonly prefix: string;
}

/** Puts one object into a bucket. */
export type PutLogFile = (target: LogTarget & { readonly key: string; readonly body: Buffer }) => Promise<void>;

/** Collects log lines and delivers them as files. */
export interface LogDelivery {
  add(distributionId: string, target: LogTarget, line: string, finishedAt: number): void;
  /** Delivers what is there now (of one distribution, or of all). What cannot be delivered is kept. */
  flush(distributionId?: string): Promise<void>;
  /** Delivers the rest; no file is delivered after that. */
  close(): Promise<void>;
}

interface PendingLine {
  readonly distributionId: string;
  readonly target: LogTarget;
  /** `2026-11-23-10`, UTC. */
  readonly hour: string;
  readonly line: string;
}

/** On AWS a file comes some minutes to an hour after its first line, and several an hour while there is traffic. */
const collectionMilliseconds = 20 * 60_000;
/** However fast time goes, lines are collected for a second of this machine's, or each request would be a file of its own. */
const leastMilliseconds = 1_000;

interface DeliveryParts {
  readonly state: StateStore;
  readonly clock: Clock;
  readonly timeScale: TimeScale;
  readonly put: PutLogFile;
  readonly newId: (length: number) => string;
  /** Told when a file could not be delivered; its lines are tried again. */
  readonly onFailure: (message: string) => void;
}

/** Delivers one file for each distribution and hour some time after its first line. Lines survive a restart when the state does. */
export const createLogDelivery = ({ state, clock, timeScale, put, newId, onFailure }: DeliveryParts): LogDelivery => {
  const pending = state.collection<PendingLine>('edge/undelivered-log-lines');
  const closing = new AbortController();
  let sequence = [...pending.entries()].reduce((last, [key]) => Math.max(last, Number(key)), 0);
  let delivering = Promise.resolve();
  let isScheduled = false;

  const deliverFile = async (lines: readonly (readonly [string, PendingLine])[]): Promise<void> => {
    const first = lines[0]?.[1];
    if (!first) return;
    const key = `${first.target.prefix}${first.distributionId}.${first.hour}.${newId(8).toLowerCase()}.gz`;
    const body = gzipSync(`${accessLogHeader}${lines.map(([, { line }]) => `${line}\n`).join('')}`);
    try {
      await put({ ...first.target, key, body });
      for (const [id] of lines) pending.delete(id);
    } catch (error) {
      onFailure(`access log ${key} could not be put into ${first.target.bucket}, its ${lines.length} lines are kept: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  const deliver = async (distributionId: string | undefined): Promise<void> => {
    const files = Map.groupBy([...pending.entries()], ([, { distributionId: id, hour, target }]) => JSON.stringify([id, hour, target]));
    for (const lines of files.values()) {
      if (distributionId === undefined || lines[0]?.[1].distributionId === distributionId) await deliverFile(lines);
    }
  };
  const flush = (distributionId?: string): Promise<void> => {
    delivering = delivering.then(() => deliver(distributionId));
    return delivering;
  };
  const schedule = (): void => {
    if (isScheduled || closing.signal.aborted) return;
    isScheduled = true;
    void clock.sleep(Math.max(leastMilliseconds, timeScale.scaled(collectionMilliseconds)), closing.signal).then(async () => {
      isScheduled = false;
      if (closing.signal.aborted) return;
      await flush();
      if (!pending.entries().next().done) schedule();
    });
  };
  if (sequence > 0) schedule();
  return {
    add: (distributionId, target, line, finishedAt) => {
      const hour = new Date(finishedAt).toISOString().slice(0, 13).replace('T', '-');
      sequence += 1;
      pending.put(String(sequence), { distributionId, target, hour, line });
      schedule();
    },
    flush,
    close: () => {
      closing.abort();
      return flush();
    },
  };
};
