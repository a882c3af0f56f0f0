import type { PlatformProcess } from './platform/platform-process.ts';
import type { SmallShow } from './show/small-show.ts';

/** One measured quantity. Goals are shown beside it, never asserted. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: 's' | 'ms' | 'kB' | 'MB' | '% of a core' | '× real time' | '×' | '%' | 'lines/s' | 'requests' | '';
  /** `≤ 8 s`; absent where the figure is for information. */
  readonly goal?: string;
  /** Absent where there is no goal. */
  readonly isMet?: boolean;
}

/** What benchmarks share. */
export interface BenchContext {
  readonly projectFolder: string;
  /** A folder for files of this run; removed at its end. */
  readonly folder: string;
  readonly signal: AbortSignal;
  readonly say: (message: string) => void;
  /** One show on the small ladder, begun when the first benchmark asks for it. */
  readonly smallShow: SmallShow;
  /** A platform of one's own, closed at the end of the run if not before. */
  readonly startPlatform: (options?: { readonly templateCacheFolder?: string }) => Promise<PlatformProcess>;
}

/** Something that is measured, by its name on the command line. */
export interface Benchmark {
  readonly name: string;
  readonly title: string;
  readonly run: (context: BenchContext) => Promise<readonly Figure[]>;
}

type Unit = Figure['unit'];

/** A figure that should not exceed a limit. */
export const atMost = (limit: number, name: string, value: number, unit: Unit): Figure => ({ name, value, unit, goal: `≤ ${limit} ${unit}`, isMet: value <= limit });

/** A figure that should reach a limit. */
export const atLeast = (limit: number, name: string, value: number, unit: Unit): Figure => ({ name, value, unit, goal: `≥ ${limit} ${unit}`, isMet: value >= limit });

/** A figure without a goal. */
export const figure = (name: string, value: number, unit: Unit): Figure => ({ name, value, unit });
