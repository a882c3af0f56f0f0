import type { ArchivedRun } from '../../../lambda/domain/recordings/archive/archived-file.ts';
import type { StoredObject } from '../../../lambda/domain/usage/meters/storage-meter.ts';

/** When runs begin, unless told. */
export const runBegan = Date.parse('2026-11-23T10:00:00Z');

export const rolloverMilliseconds = 300_000;

const stamp = (at: number): string => new Date(at).toISOString().slice(0, 19).replaceAll(/[-:]/g, '');

/** The key of a file of a run's archive, as the encoder names it. */
export const archiveKey = (sequence: number, { copy = '', beganAt = runBegan }: { readonly copy?: string; readonly beganAt?: number } = {}): string =>
  `pl_main/show${copy === '' ? '' : `-${copy}`}-${stamp(beganAt)}.${String(sequence).padStart(6, '0')}.ts`;

/** A stored archive file. */
export const anArchiveObject = (key: string, bytes = 1000n): StoredObject => ({ key, bytes, storedAt: runBegan });

/** A run that has lasted as many files as `length`, with these files. */
export const anArchivedRun = (length: number, keys: readonly string[], overrides: Partial<ArchivedRun> = {}): ArchivedRun => ({
  bucket: 'archive',
  keyPrefix: 'pl_main/show',
  rolloverMilliseconds,
  ran: { from: runBegan, to: runBegan + length * rolloverMilliseconds },
  objects: keys.map((key) => anArchiveObject(key)),
  ...overrides,
});
