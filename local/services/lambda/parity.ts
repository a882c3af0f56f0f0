import type { ParityNote } from '../../assembly/parity.ts';

const subject = 'lambda';

/** How far the service follows AWS. */
export const lambdaParity: readonly ParityNote[] = [
  { subject, item: 'environment, handler, context, time-outs, memory, payload limits, errors as the Node.js runtime reports them', stance: 'enforced' },
  { subject, item: 'asynchronous calls: retries, age, dead-letter queue, destinations', stance: 'enforced' },
  { subject, item: 'metrics embedded in what functions print', stance: 'enforced' },
  { subject, item: 'resource policies of functions: principal, action, AWS:SourceArn', stance: 'enforced' },
  { subject, item: 'concurrency', stance: 'inert', reason: 'a function has three threads; up to 1000 calls wait for one before TooManyRequestsException' },
  { subject, item: 'isolation', stance: 'inert', reason: 'functions are threads of one process: they share its file system, working folder and time zone' },
  { subject, item: 'Architectures, EphemeralStorage, TracingConfig, ReservedConcurrentExecutions', stance: 'inert', reason: 'functions run on this machine\'s processor' },
  { subject, item: 'LastUpdateStatus', stance: 'inert', reason: 'changes take effect at once' },
  { subject, item: 'runtimes other than Node.js, images, layers, file systems, ZipFile', stance: 'refused', reason: 'functions are assets of the synthesised app' },
  { subject, item: 'versions, aliases, event source mappings, function URLs, response streaming', stance: 'refused', reason: 'the platform uses none' },
];
