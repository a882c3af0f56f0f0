/** Why a log file cannot be counted. */
export const logFaultReasons = [
  'not-gzip', 'truncated', 'corrupt', 'no-header', 'format-version', 'missing-fields', 'field-count', 'unreadable-field', 'line-too-long', 'too-many-totals',
] as const;

export type LogFaultReason = (typeof logFaultReasons)[number];

/** Thrown when a log file is not what it should be: nothing of it counts, and reading it again would not help. */
export class LogFault extends Error {
  override readonly name = 'LogFault';
  readonly reason: LogFaultReason;

  constructor(reason: LogFaultReason, message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}
