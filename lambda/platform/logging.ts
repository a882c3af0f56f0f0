const secretNames = /token|secret|password|authorization|streamname|streamkey|signingkey|cookie|renewwith/i;

/** A viewer's path carries its token; an RTMP URL its stream name. */
const secretsInText: readonly (readonly [RegExp, string])[] = [
  [/\/t\/[^/\s"]+\//g, '/t/[redacted]/'],
  // A token by itself, as lambda/contract/viewer-token.ts has it.
  [/\b[a-z0-9]{1,16}\.[0-9a-z]{1,8}\.[\w-]{16}\.[vpr]i?c?\.[\w-]{43}/g, '[redacted]'],
  // A stream key of IVS: sk_<Region>_<twelve characters>_<the rest>.
  [/\bsk_[a-z0-9-]+_\w+/g, '[redacted]'],
  [/(rtmps?:\/\/[^/\s"]+)\/[^\s"]*/g, '$1/[redacted]'],
  [/\/shared\/[0-9a-f]{16,}/g, '/shared/[redacted]'],
  [/Bearer\s+[\w.~+/-]+=*/gi, 'Bearer [redacted]'],
  [/\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, '[redacted]'],
];

const redactText = (text: string): string => secretsInText.reduce((rest, [pattern, by]) => rest.replace(pattern, by), text);

const describeError = (error: Error): Record<string, unknown> => ({
  name: error.name,
  message: error.message,
  ...('code' in error ? { code: error.code } : {}),
  ...('details' in error ? { details: error.details } : {}),
  stack: error.stack,
  ...(error.cause === undefined ? {} : { cause: error.cause }),
});

/** A copy that is safe to write down: values of secret-looking names and secrets inside texts are replaced. */
const redact = (value: unknown, depth = 0): unknown => {
  if (typeof value === 'string') return redactText(value);
  if (typeof value === 'bigint') return value.toString();
  if (typeof value !== 'object' || value === null) return value;
  if (depth > 8) return '[deeper]';
  if (value instanceof Error) return redact(describeError(value), depth + 1);
  if (Array.isArray(value)) return value.map((item) => redact(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, secretNames.test(name) ? '[redacted]' : redact(item, depth + 1)]),
  );
};

export type LogLevel = 'INFO' | 'WARN' | 'ERROR';

/** Facts about one thing that happened. */
export type LogFields = Readonly<Record<string, unknown>>;

/** Writes JSON lines `{level, message, at, …fields}`; tokens and stream names never reach them. */
export interface Logger {
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}

/** A logger whose every line carries `bound`. */
export const createLogger = (
  bound: LogFields = {},
  write: (line: string) => void = (line) => void process.stdout.write(`${line}\n`),
  now: () => number = Date.now,
): Logger => {
  const log = (level: LogLevel) => (message: string, fields: LogFields = {}): void =>
    write(JSON.stringify({ level, message: redact(message), at: new Date(now()).toISOString(), ...asFields(redact({ ...bound, ...fields })) }));
  return { info: log('INFO'), warn: log('WARN'), error: log('ERROR') };
};

const asFields = (value: unknown): object => (typeof value === 'object' && value !== null ? value : {});
