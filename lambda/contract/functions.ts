import type { EnvironmentGroupName } from './environment.ts';

/** A deployed function: one per privilege boundary, each with an environment of its own. */
export interface FunctionContract {
  /** The handler's file below lambda/handlers/, which exports `handler`. */
  readonly entry: string;
  readonly environment: readonly EnvironmentGroupName[];
}

/** Every function of the control plane. The stacks deploy this list; each handler reads the groups named here. */
export const functions = {
  authoriser: { entry: 'http/authoriser.ts', environment: ['table', 'issuer'] },
  api: { entry: 'http/api.ts', environment: ['table', 'pipelines', 'curtain', 'pricing', 'settle'] },
  showControl: { entry: 'http/show-control.ts', environment: ['table', 'pipelines', 'show', 'hardStop'] },
  ingest: { entry: 'http/ingest.ts', environment: ['table', 'pipelines', 'streamNames'] },
  playback: { entry: 'http/playback.ts', environment: ['table', 'pipelines', 'viewerSigning', 'viewerAccess', 'camPlayback', 'recordingAccess', 'edgeStore', 'answerSeal'] },
  recordings: { entry: 'http/recordings.ts', environment: ['table', 'recordings', 'recordingsLife', 'answerSeal', 'pricing'] },
  shared: { entry: 'http/shared.ts', environment: ['table', 'recordingAccess', 'viewerSigning'] },
  monitoring: { entry: 'http/monitoring.ts', environment: ['table', 'pipelines'] },
  usage: { entry: 'http/usage.ts', environment: ['table', 'pipelines', 'pricing'] },
  showChannel: { entry: 'workflow/show-channel.ts', environment: ['table', 'pipelines', 'streamNames', 'showTiming'] },
  showState: { entry: 'workflow/show-state.ts', environment: ['table', 'pipelines', 'settle', 'metrics'] },
  showEdge: { entry: 'workflow/show-edge.ts', environment: ['table', 'pipelines', 'edgeStore', 'viewerSigning'] },
  conversion: { entry: 'workflow/conversion.ts', environment: ['table', 'pipelines', 'conversion', 'archive', 'archiveLife', 'recordings', 'metrics'] },
  metering: { entry: 'workflow/metering.ts', environment: ['table', 'pipelines', 'archive', 'recordings', 'recordingsLife', 'pricing', 'settle'] },
  mediaEvents: { entry: 'events/media-events.ts', environment: ['table', 'pipelines', 'announcements', 'metrics'] },
  accessLogs: { entry: 'events/access-logs.ts', environment: ['table', 'accessLogs', 'settle', 'metrics'] },
  hardStop: { entry: 'schedules/hard-stop.ts', environment: ['table', 'pipelines', 'show', 'metrics'] },
  reconciler: { entry: 'schedules/reconcile.ts', environment: ['table', 'pipelines', 'show', 'guards', 'announcements', 'metrics'] },
  accrual: { entry: 'schedules/book-accrual.ts', environment: ['table', 'pricing', 'pipelines', 'recordingsDelivery', 'archive', 'recordings', 'recordingsLife', 'settle', 'metrics'] },
  inventory: { entry: 'schedules/take-inventory.ts', environment: ['table', 'pipelines', 'archive', 'recordings', 'recordingsLife', 'pricing', 'metrics'] },
  usageMetrics: { entry: 'schedules/publish-usage.ts', environment: ['table', 'usageMetrics', 'metrics'] },
  priceBook: { entry: 'schedules/refresh-price-book.ts', environment: ['table', 'pricing', 'metrics'] },
} as const satisfies Record<string, FunctionContract>;

export type FunctionName = keyof typeof functions;
