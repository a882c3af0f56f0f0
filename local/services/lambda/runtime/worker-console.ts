import { format } from 'node:util';

const levels = { debug: 'DEBUG', error: 'ERROR', info: 'INFO', log: 'INFO', trace: 'TRACE', warn: 'WARN' } as const;

type Method = keyof typeof levels;

const isMethod = (name: string): name is Method => Object.hasOwn(levels, name);

const textLine = (requestId: string, level: string, values: readonly unknown[]): string =>
  `${new Date().toISOString()}\t${requestId}\t${level}\t${format(...values)}`;

const jsonLine = (requestId: string, level: string, values: readonly unknown[]): string => {
  const [only] = values;
  const message = values.length === 1 && typeof only === 'object' ? only : format(...values);
  return JSON.stringify({ timestamp: new Date().toISOString(), level, requestId, message });
};

/** Sends what the function's console prints to `write`, in the form that Lambda gives it: one entry a call, whatever its line breaks. */
export const redirectConsole = (write: (line: string) => void, requestId: () => string, asJson: boolean): void => {
  for (const name of Object.keys(levels)) {
    if (isMethod(name)) console[name] = (...values: unknown[]) => write((asJson ? jsonLine : textLine)(requestId(), levels[name], values));
  }
};
