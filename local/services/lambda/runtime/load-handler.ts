import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** A function's handler. */
export type Handler = (event: unknown, context: object) => unknown;

/** A handler that cannot be loaded; `errorType` is the runtime's name for it. */
export class UnusableHandler extends Error {
  readonly errorType: string;

  constructor(errorType: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = errorType;
    this.errorType = errorType;
  }
}

const isHandler = (value: unknown): value is Handler => typeof value === 'function';

const extensions = ['.js', '.mjs', '.cjs'];

const importFile = async (file: string): Promise<unknown> => {
  try {
    return await import(pathToFileURL(file).href);
  } catch (cause) {
    if (cause instanceof SyntaxError) throw new UnusableHandler('Runtime.UserCodeSyntaxError', `SyntaxError: ${cause.message}`, { cause });
    if (cause instanceof Error && 'code' in cause && cause.code === 'ERR_MODULE_NOT_FOUND') throw new UnusableHandler('Runtime.ImportModuleError', `Error: ${cause.message}`, { cause });
    throw cause;
  }
};

/**
 * The handler that `index.handler` names below the task root.
 * @throws UnusableHandler when file or export is missing, or what the module throws as it loads.
 */
export const loadHandler = async (taskRoot: string, name: string): Promise<Handler> => {
  const split = name.lastIndexOf('.');
  const [module, exported] = [name.slice(0, split), name.slice(split + 1)];
  const file = extensions.map((extension) => join(taskRoot, `${module}${extension}`)).find((candidate) => existsSync(candidate));
  if (file === undefined) throw new UnusableHandler('Runtime.ImportModuleError', `Error: Cannot find module '${module}' in ${taskRoot} (${extensions.join(', ')})`);
  const loaded: unknown = await importFile(file);
  const handler: unknown = typeof loaded === 'object' && loaded !== null ? Reflect.get(loaded, exported) : undefined;
  if (!isHandler(handler)) throw new UnusableHandler('Runtime.HandlerNotFound', `${name} is undefined or not exported`);
  return handler;
};
