import type { FunctionName } from '../../../lambda/contract/functions.ts';

/** What a function is given beside its environment. */
export interface FunctionSettings {
  readonly description: string;
  readonly memoryMegabytes: number;
  readonly timeoutSeconds: number;
  /** Invoked by events or schedules, which nobody waits for: what fails for good is kept in the dead-letter queue. */
  readonly isAsynchronous?: true;
}

/** API Gateway waits 29 s. */
const http = { memoryMegabytes: 512, timeoutSeconds: 29 } as const;

/** A task makes few calls; the waiting is the state machine's. */
const task = { memoryMegabytes: 512, timeoutSeconds: 60 } as const;

export const functionSettings: Readonly<Record<FunctionName, FunctionSettings>> = {
  authoriser: { description: 'Says who calls the API, and what they may do', memoryMegabytes: 512, timeoutSeconds: 10 },
  api: { description: 'Accounts, events, breakouts and pipelines', ...http },
  showControl: { description: 'Starts, stops and extends shows', ...http },
  ingest: { description: 'Tells encoders where to push', ...http },
  playback: { description: 'Decides who may watch', ...http },
  recordings: { description: 'Signs, shares and deletes recordings', ...http },
  shared: { description: 'Leads whoever has a share link to its recording', ...http },
  monitoring: { description: 'Tells how running shows and distributions are, and who watched', ...http },
  usage: { description: 'Tells what shows used and what it cost', ...http },
  showChannel: { description: 'The only tasks of a show that touch its channel', ...task },
  showState: { description: 'Keeps the breakout\'s own state, and waits for its stop', ...task },
  showEdge: { description: 'Says which breakout an edge serves', ...task },
  // Copies what was recorded as fragmented MP4 into one file, which nothing else does.
  conversion: { description: 'Makes recordings of a show\'s archive', memoryMegabytes: 1024, timeoutSeconds: 900 },
  // Reads days of metrics and thousands of log totals.
  metering: { description: 'Measures and rates a show\'s usage', memoryMegabytes: 1024, timeoutSeconds: 300 },
  mediaEvents: { description: 'Notes and announces what channels, packagers and conversions tell', ...task, isAsynchronous: true },
  // A file of access logs is unpacked as it streams.
  accessLogs: { description: 'Adds up a file of access logs', memoryMegabytes: 512, timeoutSeconds: 300, isAsynchronous: true },
  hardStop: { description: 'Stops a show that nothing else has stopped', ...task, isAsynchronous: true },
  // Looks at every pipeline, once a minute.
  reconciler: { description: 'Compares channels with shows, repairs and guards', memoryMegabytes: 512, timeoutSeconds: 300, isAsynchronous: true },
  // Each breakout whose month has ended takes some tens of milliseconds; what is left over is due an hour later.
  accrual: { description: 'Books what is held, month after month', memoryMegabytes: 1024, timeoutSeconds: 900, isAsynchronous: true },
  // Lists a thousand objects a call, and reads two items for each recording.
  inventory: { description: 'Compares what is stored with what is charged for', memoryMegabytes: 1024, timeoutSeconds: 900, isAsynchronous: true },
  // An item for each account.
  usageMetrics: { description: 'Publishes the month\'s usage for the dashboard', memoryMegabytes: 512, timeoutSeconds: 300, isAsynchronous: true },
  // Hundreds of pages of prices, at five a second.
  priceBook: { description: 'Makes a price book of the Price List', memoryMegabytes: 512, timeoutSeconds: 600, isAsynchronous: true },
};
