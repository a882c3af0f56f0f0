import { rm } from 'node:fs/promises';
import type { EncodedChunk } from '../../../media/encoder/live-encoder.ts';
import type { Clock } from '../../../runtime/clock.ts';
import { ArchiveOutput } from '../archive/archive-output.ts';
import type { ChannelPlan } from '../settings/channel-plan.ts';
import type { PipelineAlerts } from './alert-board.ts';
import type { EncodedPiece } from './encoded-piece.ts';
import type { IngestTarget } from './ingest-client.ts';
import { PackageOutput } from './package-output.ts';

/** An archive object of a pipeline. */
export interface ArchiveObject {
  readonly file: string;
  readonly bucket: string;
  readonly key: string;
  readonly pipeline: number;
}

/** Where complete archive objects go. */
export interface ArchiveStore {
  expect(object: ArchiveObject): void;
  /** Resolves when it is there. */
  upload(object: ArchiveObject): Promise<void>;
}

/** What the outputs of one pipeline need. */
export interface PipelineOutputsOptions {
  readonly plan: ChannelPlan;
  /** Which pipeline: its packager's ingest endpoint and its archive's location. */
  readonly index: number;
  /** The run's time origin, in milliseconds since the epoch. */
  readonly origin: number;
  readonly clock: Clock;
  readonly alerts: PipelineAlerts;
  readonly spoolFolder: string;
  readonly findTarget: (mediaPackageChannelId: string, ingestEndpoint: number) => Promise<IngestTarget>;
  readonly archive: ArchiveStore;
  readonly onSent: (bytes: number) => void;
  readonly onRefused: (group: string, statusClass: number) => void;
}

/** Chunks of two frames' uneven lengths still follow on one another. */
const toleranceMilliseconds = 50;

/** Every output of one pipeline: takes the encoder's chunks, puts them in their place, and sends them on. */
export class PipelineOutputs {
  readonly #options: PipelineOutputsOptions;
  readonly #packages: readonly PackageOutput[];
  readonly #archives: readonly ArchiveOutput[];
  readonly #ends = new Map<number, number>();
  readonly #deliveries = new Set<Promise<void>>();

  constructor(options: PipelineOutputsOptions) {
    const { plan, index, origin, clock, alerts, spoolFolder, archive } = options;
    this.#options = options;
    this.#packages = plan.packageGroups.map((group) => new PackageOutput({
      group, renditions: plan.renditions, alerts, clock,
      findTarget: () => options.findTarget(group.mediaPackageChannelId, index),
      onSent: options.onSent,
      onRefused: (statusClass) => options.onRefused(group.name, statusClass),
    }));
    this.#archives = plan.archiveGroups.flatMap((group) => {
      const location = group.locations[index];
      return location === undefined ? [] : group.outputs.map((output) => new ArchiveOutput({
        group, location, output, startedAt: origin, spoolFolder, alerts,
        opened: (file, key) => archive.expect({ file, key, bucket: location.bucket, pipeline: index }),
        upload: (file, key) => archive.upload({ file, key, bucket: location.bucket, pipeline: index }),
      }));
    });
  }

  /** Where the last chunk of the first rendition began, after the origin. */
  lastStart: number | undefined;

  take(chunk: EncodedChunk): void {
    const expected = this.#ends.get(chunk.rendition);
    // An encode that begins anew does not go on where the one before left off, though its chunks lie on the same grid.
    const isDiscontinuous = expected !== undefined && (chunk.isFirst || Math.abs(chunk.startMilliseconds - expected) > toleranceMilliseconds);
    this.#ends.set(chunk.rendition, chunk.startMilliseconds + chunk.durationMilliseconds);
    if (chunk.rendition === 0) this.lastStart = chunk.startMilliseconds;
    this.#deliver({ ...chunk, isDiscontinuous, programDateTime: this.#options.origin + chunk.startMilliseconds });
  }

  /** Completes every output; resolves when all is sent. */
  async end(): Promise<void> {
    await Promise.all(this.#deliveries);
    await Promise.all([...this.#packages, ...this.#archives].map((output) => output.end()));
  }

  /** How many outputs each group writes without failing; none before the first chunk. */
  get active(): ReadonlyMap<string, number> {
    const { plan } = this.#options;
    const hasBegun = this.lastStart !== undefined;
    const failing = new Set(this.#packages.filter(({ isFailing }) => isFailing).map(({ name }) => name));
    const groups = [...plan.packageGroups.map(({ name, renditions }) => [name, renditions.length] as const), ...plan.archiveGroups.map(({ name, outputs }) => [name, outputs.length] as const)];
    return new Map(groups.map(([name, count]) => [name, hasBegun && !failing.has(name) ? count : 0]));
  }

  #deliver(piece: EncodedPiece): void {
    const delivery = Promise.all([...this.#packages, ...this.#archives].map((output) => output.take(piece)))
      .then(() => rm(piece.file, { force: true }))
      .finally(() => this.#deliveries.delete(delivery));
    this.#deliveries.add(delivery);
  }
}
