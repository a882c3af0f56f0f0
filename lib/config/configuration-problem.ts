/** A problem of a configuration, in the four parts that every message has. */
export interface ConfigurationProblem {
  /** Where: `pipelines[0].id`. */
  readonly field: string;
  readonly wrong: string;
  readonly got: unknown;
  readonly allowed: string;
  readonly change: string;
}

/** A rule between fields: when the condition holds, the message is a problem. */
export interface CrossCheck<Subject> {
  readonly condition: (subject: Subject) => boolean;
  readonly message: (subject: Subject) => ConfigurationProblem;
}

/** The problems of the rules that a subject breaks. */
export const brokenRules = <Subject>(checks: readonly CrossCheck<Subject>[], subject: Subject): readonly ConfigurationProblem[] =>
  checks.filter(({ condition }) => condition(subject)).map(({ message }) => message(subject));

/** What occurs more than once. */
export const repeated = (values: readonly string[]): readonly string[] => [...new Set(values.filter((value, index) => values.indexOf(value) !== index))];
