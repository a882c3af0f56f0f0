import type { ConfigurationProblem } from './configuration-problem.ts';

const shown = (value: unknown): string => (value === undefined ? 'nothing' : JSON.stringify(value));

const line = ({ field, wrong, got, allowed, change }: ConfigurationProblem): string =>
  `  - ${field === '' ? 'the file' : field}: ${wrong}; got ${shown(got)}; allowed: ${allowed}; change: ${change}`;

/** Thrown when a stage's configuration cannot be deployed. Its message lists every problem, not the first. */
export class StageConfigurationError extends Error {
  override readonly name = 'StageConfigurationError';
  readonly problems: readonly ConfigurationProblem[];

  constructor(source: string, problems: readonly ConfigurationProblem[]) {
    const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
    super(`The stage configuration ${source} cannot be used (${count}):\n${problems.map(line).join('\n')}`);
    this.problems = problems;
  }
}
