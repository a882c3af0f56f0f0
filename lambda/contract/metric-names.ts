/** Where a stage's own metrics are: apart from those of other stages in the same AWS account, which would speak for it. */
export const metricNamespace = (stage: string): string => `VisionStream/${stage}`;

/** The platform's own metrics, without dimensions. Each has an alarm. */
export const metricNames = {
  /** Access logs that could not be counted. */
  accessLogsSetAside: 'AccessLogsSetAside',
  /** Runs of the hourly booking of what accrues that left nothing over. */
  accrualsBooked: 'AccrualsBooked',
  /** Looks at a channel that runs for no show and costs: one a minute as long as it does. */
  channelsUnheld: 'ChannelsUnheld',
  /** Daily inventories of storage that compared everything. */
  inventoriesTaken: 'InventoriesTaken',
  /** Looks at a pipeline that a show has kept for too long after its end: one a minute as long as it does. */
  pipelinesOverheld: 'PipelinesOverheld',
  /** Runs of the reconciler, one a minute, that compared all pipelines with their shows. */
  pipelinesReconciled: 'PipelinesReconciled',
  /** Readings of the Price List that left a book in force. */
  priceListsRead: 'PriceListsRead',
  /** Recordings that ended and are not whole. */
  recordingsFailed: 'RecordingsFailed',
  /** Notices of a service that no more streams or viewers of the AWS account are let in. */
  serviceLimitsReached: 'ServiceLimitsReached',
  /** Shows that failed, or could not start. */
  showsFailed: 'ShowsFailed',
  /** Looks at a show whose viewers see another stream: one a minute as long as they do. */
  strangersOnAir: 'StrangersOnAir',
  /** Streams of shows that could not be recorded, or not to their end. */
  streamsUnrecorded: 'StreamsUnrecorded',
  /** Hourly looks that found shows over for long whose usage is not final. */
  usageOverdue: 'UsageOverdue',
  /** Hourly looks at the month that found usage without a price. */
  usageUnpriced: 'UsageUnpriced',
} as const;
