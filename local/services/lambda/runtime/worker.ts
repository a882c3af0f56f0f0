import { parentPort, workerData } from 'node:worker_threads';
import { loadHandler, UnusableHandler, type Handler } from './load-handler.ts';
import { resolveLocalhost } from './resolve-localhost.ts';
import { redirectConsole } from './worker-console.ts';
import { failureOf, runtimeFailureOf } from './worker-failure.ts';
import type { InvokeMessage, WorkerMessage, WorkerSettings } from './worker-messages.ts';

const isSettings = (value: unknown): value is WorkerSettings => typeof value === 'object' && value !== null && 'taskRoot' in value && 'handler' in value;

const given: unknown = workerData;
if (!isSettings(given)) throw new TypeError('a function\'s thread must be started with its settings');
const settings = given;
let requestId = '';

const tell = (message: WorkerMessage): void => parentPort?.postMessage(message);

const die = (errorType: string) => (thrown: unknown): never => {
  tell({ kind: 'failed', failure: errorType === '' ? failureOf(thrown) : runtimeFailureOf(errorType, thrown), fatal: true });
  process.exit(1);
};

const contextFor = ({ requestId: awsRequestId, deadline }: InvokeMessage): object => ({
  ...settings.context,
  awsRequestId,
  callbackWaitsForEmptyEventLoop: true,
  getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
});

const handle = async (handler: Handler, message: InvokeMessage): Promise<void> => {
  requestId = message.requestId;
  process.env['_X_AMZN_TRACE_ID'] = `Root=1-${Math.floor(Date.now() / 1000).toString(16)}-${requestId.replaceAll('-', '').slice(0, 24)};Sampled=0`;
  try {
    const event: unknown = JSON.parse(message.payload);
    const answer: unknown = await handler(event, contextFor(message));
    tell({ kind: 'answered', payload: answer === undefined ? 'null' : JSON.stringify(answer) });
  } catch (thrown) {
    const failure = failureOf(thrown);
    console.error('Invoke Error', JSON.stringify({ errorType: failure.errorType, errorMessage: failure.errorMessage, stack: failure.trace }));
    tell({ kind: 'failed', failure, fatal: false });
  }
};

process.on('uncaughtException', die(''));
process.on('unhandledRejection', die('Runtime.UnhandledPromiseRejection'));
resolveLocalhost();
redirectConsole((line) => tell({ kind: 'logged', line }), () => requestId, settings.logsJson);
try {
  const handler = await loadHandler(settings.taskRoot, settings.handler);
  parentPort?.on('message', (message: InvokeMessage) => void handle(handler, message));
  tell({ kind: 'ready' });
} catch (thrown) {
  tell({ kind: 'unusable', failure: thrown instanceof UnusableHandler ? { ...failureOf(thrown), errorType: thrown.errorType } : failureOf(thrown) });
}
