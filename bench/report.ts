import { cpus, loadavg, totalmem } from 'node:os';
import type { Benchmark, Figure } from './benchmark.ts';

/** What one benchmark measured, or why it could not. */
export interface BenchResult {
  readonly benchmark: Pick<Benchmark, 'name' | 'title'>;
  readonly figures: readonly Figure[];
  readonly failure?: string;
}

/** The machine, as far as figures depend on it. */
export const describeMachine = () => ({
  processors: cpus().length,
  processor: cpus()[0]?.model ?? 'unknown',
  memoryGigabytes: Math.round(totalmem() / 1e9),
  node: process.versions.node,
  /** Above the number of processors, others took part of the machine. */
  loadAverage: loadavg()[0] ?? 0,
});

const decimals = (value: number): number => (Math.abs(value) >= 100 || Number.isInteger(value) ? 0 : 2);

const shown = ({ value, unit }: Figure): string => (Number.isNaN(value) ? '' : `${value.toFixed(decimals(value))} ${unit}`.trim());

const verdict = ({ isMet }: Figure): string => (isMet === undefined ? '' : isMet ? 'met' : 'missed');

const rowsOf = ({ benchmark, figures, failure }: BenchResult): string[][] => [
  [benchmark.title],
  ...figures.map((each) => [`  ${each.name}`, each.goal ?? '', shown(each), verdict(each)]),
  ...(failure === undefined ? [] : [['  could not be measured', '', '', failure]]),
];

/** Figure, goal, what was measured and whether that meets the goal. */
export const figureTable = (results: readonly BenchResult[]): string => {
  const rows = [['Figure', 'Goal', 'Measured', ''], ...results.flatMap(rowsOf)];
  const width = (column: number): number => Math.max(...rows.filter((row) => row.length > 1).map((row) => row[column]?.length ?? 0));
  const widths = [0, 1, 2].map(width);
  return rows.map((row) => row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : column === 3 ? cell : cell.padStart(widths[column] ?? 0))).join('   ').trimEnd()).join('\n');
};
