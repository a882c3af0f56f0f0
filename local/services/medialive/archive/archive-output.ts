import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { PipelineAlerts } from '../run/alert-board.ts';
import { alertTypes } from '../run/alert-types.ts';
import { reasonOf, type EncodedPiece } from '../run/encoded-piece.ts';
import type { ArchiveGroup, ArchiveLocation, ArchiveOutputPlan } from '../settings/channel-plan.ts';

/** What one archive output needs. */
export interface ArchiveOutputOptions {
  readonly group: ArchiveGroup;
  /** Where its pipeline writes. */
  readonly location: ArchiveLocation;
  readonly output: ArchiveOutputPlan;
  /** When the channel's run began, in milliseconds since the epoch. */
  readonly startedAt: number;
  /** Where objects grow until they are complete. */
  readonly spoolFolder: string;
  readonly alerts: PipelineAlerts;
  /** Told of an object that begins, so that even after a crash what there is of it is uploaded. */
  opened(file: string, key: string): void;
  upload(file: string, key: string): Promise<void>;
}

/** `20261123T101502` */
const compact = (time: number): string => new Date(time).toISOString().slice(0, 19).replaceAll(/[-:]/g, '');

/** The key of an archive object: destination, modifier with the run's start in UTC, counter, extension. */
export const archiveKey = ({ keyBase }: ArchiveLocation, { nameModifier, extension }: ArchiveOutputPlan, startedAt: number, counter: number): string => {
  const stamp = compact(startedAt);
  const modifier = nameModifier.replaceAll('$dt$', stamp).replaceAll('$d$', stamp.slice(0, 8)).replaceAll('$t$', stamp.slice(9));
  return `${keyBase}${modifier}.${String(counter).padStart(6, '0')}.${extension}`;
};

/** Joins chunks to archive objects. An object is uploaded, and so becomes visible, only at its rollover, at a discontinuity, or at the end. */
export class ArchiveOutput {
  readonly #options: ArchiveOutputOptions;
  #queue: Promise<void> = Promise.resolve();
  #counter = 0;
  #current: { readonly file: string; readonly key: string } | undefined;
  #durationMilliseconds = 0;
  #uploads: Promise<void>[] = [];

  constructor(options: ArchiveOutputOptions) {
    this.#options = options;
  }

  /** Adds a chunk in its turn. Never rejects. */
  take(piece: EncodedPiece): Promise<void> {
    if (piece.rendition !== this.#options.output.rendition) return Promise.resolve();
    this.#queue = this.#queue.then(() => this.#append(piece));
    return this.#queue;
  }

  /** Completes the last object; resolves when all are uploaded. */
  async end(): Promise<void> {
    await this.#queue;
    this.#rollOver();
    await Promise.all(this.#uploads);
  }

  async #append(piece: EncodedPiece): Promise<void> {
    const { alerts, group } = this.#options;
    if (piece.isDiscontinuous) this.#rollOver();
    try {
      const { file } = await this.#open();
      await appendFile(file, await readFile(piece.file));
      this.#durationMilliseconds += piece.durationMilliseconds;
      alerts.clear(alertTypes.outputNotWritten, group.name);
    } catch (error) {
      alerts.raise(alertTypes.outputNotWritten, group.name, `output group ${group.name}: ${reasonOf(error)}`);
    }
    if (this.#durationMilliseconds >= group.rolloverMilliseconds) this.#rollOver();
  }

  async #open(): Promise<{ readonly file: string }> {
    if (this.#current !== undefined) return this.#current;
    const { location, output, startedAt, spoolFolder } = this.#options;
    const key = archiveKey(location, output, startedAt, this.#counter);
    const file = join(spoolFolder, key.replaceAll('/', '_'));
    await mkdir(dirname(file), { recursive: true });
    this.#counter += 1;
    this.#current = { file, key };
    this.#options.opened(file, key);
    return this.#current;
  }

  #rollOver(): void {
    const complete = this.#current;
    if (complete === undefined) return;
    this.#current = undefined;
    this.#durationMilliseconds = 0;
    this.#uploads.push(this.#options.upload(complete.file, complete.key));
  }
}
