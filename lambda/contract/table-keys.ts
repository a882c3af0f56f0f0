/** The primary key of an item in the one table. */
export interface ItemKey {
  readonly PK: string;
  readonly SK: string;
}

/** The key of an item in the index `GSI1`, which lists children under their parent in order of creation. */
export interface ListKey {
  readonly GSI1PK: string;
  readonly GSI1SK: string;
}

export const listIndexName = 'GSI1';

/** Unix seconds after which DynamoDB may delete an item: idempotency records and past bookings. */
export const timeToLiveAttribute = 'expiresAt';

/** What partitions of readings begin with. */
export const showMetricsPartition = 'METRICS#';

/** Where lines of their own are: of an account, or of the platform. */
type OwnPartition = `ACCOUNT#${string}` | 'PLATFORM';

const versionNumber = (version: number): string => `V${String(version).padStart(6, '0')}`;

/** Primary keys. One partition an entity; children of a breakout share its partition. */
export const itemKey = {
  account: (accountId: string): ItemKey => ({ PK: `ACCOUNT#${accountId}`, SK: 'ACCOUNT' }),
  event: (eventId: string): ItemKey => ({ PK: `EVENT#${eventId}`, SK: 'EVENT' }),
  /** The time that a breakout takes in its event; read consistently when the event's own times change. */
  eventSlot: (eventId: string, breakoutId: string): ItemKey => ({ PK: `EVENT#${eventId}`, SK: `SLOT#${breakoutId}` }),
  breakout: (breakoutId: string): ItemKey => ({ PK: `BREAKOUT#${breakoutId}`, SK: 'BREAKOUT' }),
  /** One interval in which the pipeline was on for a breakout. */
  channelRun: (breakoutId: string, attempt: number): ItemKey => ({ PK: `BREAKOUT#${breakoutId}`, SK: `RUN#${String(attempt).padStart(3, '0')}` }),
  /** One stream to a Cam pipeline that was armed for a breakout, by the service's id. */
  streamSession: (breakoutId: string, attempt: number, streamId: string): ItemKey => ({
    PK: `BREAKOUT#${breakoutId}`,
    SK: `SESSION#${String(attempt).padStart(3, '0')}#${streamId}`,
  }),
  /** An entry of a show's log. Sorts by time; the id is the event's or the doer's own, so that telling twice writes once. */
  logEntry: (breakoutId: string, at: string, id: string): ItemKey => ({ PK: `BREAKOUT#${breakoutId}`, SK: `LOG#${at}#${id}` }),
  /** That an entry with this id is in the show's log: the same told with another time is still the same. */
  logMark: (breakoutId: string, id: string): ItemKey => ({ PK: `BREAKOUT#${breakoutId}`, SK: `LOGMARK#${id}` }),
  /** That subscribers were told that a guard stopped this attempt. */
  stopAnnounced: (breakoutId: string, attempt: number): ItemKey => ({ PK: `BREAKOUT#${breakoutId}`, SK: `ANNOUNCED#STOP#${attempt}` }),
  /** What viewers of a breakout's recordings were sent on a UTC day (`2026-11-23`). */
  onDemandDay: (breakoutId: string, day: string): ItemKey => ({ PK: `BREAKOUT#${breakoutId}`, SK: `ONDEMAND#${day}` }),
  /** What the platform bears of a UTC day for one purpose. */
  overheadDay: (purpose: string, day: string): ItemKey => ({ PK: 'PLATFORM', SK: `OVERHEADDAY#${purpose}#${day}` }),
  /** What a bucket has on a UTC day that no breakout holds. */
  strayDay: (place: string, day: string): ItemKey => ({ PK: 'PLATFORM', SK: `STRAYDAY#${place}#${day}` }),
  /** A conversion that was given up and may still end. */
  unendedConversion: (breakoutId: string): ItemKey => ({ PK: 'PLATFORM', SK: `UNENDEDCONVERSION#${breakoutId}` }),
  /** From when to when a pipeline is known to have been there. */
  knownPipeline: (pipelineId: string): ItemKey => ({ PK: 'PLATFORM', SK: `KNOWNPIPELINE#${pipelineId}` }),
  /** What a settled breakout holds: intervals of bytes that its storage is charged by. */
  holding: (breakoutId: string): ItemKey => ({ PK: `BREAKOUT#${breakoutId}`, SK: 'HOLDING' }),
  recording: (breakoutId: string): ItemKey => ({ PK: `BREAKOUT#${breakoutId}`, SK: 'RECORDING' }),
  /** A link to a recording, by the SHA-256 of its secret; and the same under its breakout, so that it can be revoked. */
  recordingShareLink: (secretHash: string): ItemKey => ({ PK: `SHARE#${secretHash}`, SK: 'SHARE' }),
  recordingShare: (breakoutId: string, shareId: string): ItemKey => ({ PK: `BREAKOUT#${breakoutId}`, SK: `SHARE#${shareId}` }),
  /** Who holds the pipeline now: written conditionally by whoever starts a show. */
  pipelineHold: (pipelineId: string): ItemKey => ({ PK: `PIPELINE#${pipelineId}`, SK: 'HOLD' }),
  /** Who held the pipeline from when on, also after the release: an event that comes late finds its show. Sorts by time. */
  pastHold: (pipelineId: string, claimedAt: string, breakoutId: string): ItemKey => ({ PK: `PIPELINE#${pipelineId}`, SK: `HELD#${claimedAt}#${breakoutId}` }),
  /** That the pipeline's channel was found running for nobody. */
  orphan: (pipelineId: string): ItemKey => ({ PK: `PIPELINE#${pipelineId}`, SK: 'ORPHAN' }),
  /** That the pipeline's channel began to run for nobody, or ceased to run. Sorts by time. */
  channelTurn: (pipelineId: string, at: string, isOn: boolean): ItemKey => ({ PK: `PIPELINE#${pipelineId}`, SK: `TURN#${at}#${isOn ? 'ON' : 'OFF'}` }),
  /** Serialises bookings of a pipeline: its `revision` moves with every booking. */
  pipelineCalendar: (pipelineId: string): ItemKey => ({ PK: `PIPELINE#${pipelineId}`, SK: 'CALENDAR' }),
  booking: (pipelineId: string, breakoutId: string): ItemKey => ({ PK: `PIPELINE#${pipelineId}`, SK: `BOOKING#${breakoutId}` }),
  /** The devices of a viewer, by the viewer's part of their sessions. */
  viewerDevices: (accountId: string, viewer: string): ItemKey => ({ PK: `VIEWER#${accountId}#${viewer}`, SK: 'DEVICES' }),
  membership: (subject: string): ItemKey => ({ PK: `SUBJECT#${subject}`, SK: 'MEMBERSHIP' }),
  idempotency: (accountId: string, key: string): ItemKey => ({ PK: `IDEMPOTENCY#${accountId}#${key}`, SK: 'IDEMPOTENCY' }),
  /** Who did what that must be known later (such as reading a stream name). Sorts by time. */
  audit: (accountId: string, at: string, id: string): ItemKey => ({ PK: `ACCOUNT#${accountId}`, SK: `AUDIT#${at}#${id}` }),
  /** What was last read of a show's metrics, and who has the turn to read them. A partition of its own: who reads usage may write here alone. */
  showMetrics: (breakoutId: string): ItemKey => ({ PK: `${showMetricsPartition}${breakoutId}`, SK: 'METRICS' }),
  /** Usage of a breakout in a UTC month (`2026-11`): the head names the current version. */
  usageHead: (breakoutId: string, month: string): ItemKey => ({ PK: `BREAKOUT#${breakoutId}`, SK: `USAGE#${month}` }),
  usageVersion: (breakoutId: string, month: string, version: number): ItemKey => ({
    PK: `BREAKOUT#${breakoutId}`,
    SK: `PROFILE#${month}#${versionNumber(version)}`,
  }),
  usageLine: (breakoutId: string, month: string, version: number, lineKey: string): ItemKey => ({
    PK: `BREAKOUT#${breakoutId}`,
    SK: `LINE#${month}#${versionNumber(version)}#${lineKey}`,
  }),
  /** The same of lines that an account or the platform bears itself, by month and purpose. */
  ownUsageHead: (partition: OwnPartition, month: string, purpose: string): ItemKey => ({ PK: partition, SK: `OWN#${month}#${purpose}` }),
  ownUsageVersion: (partition: OwnPartition, month: string, purpose: string, version: number): ItemKey => ({
    PK: partition,
    SK: `OWNPROFILE#${month}#${purpose}#${versionNumber(version)}`,
  }),
  ownUsageLine: (partition: OwnPartition, month: string, purpose: string, version: number, lineKey: string): ItemKey => ({
    PK: partition,
    SK: `OWNLINE#${month}#${purpose}#${versionNumber(version)}#${lineKey}`,
  }),
  /** What one item cannot hold of series, beside the item that names it. */
  seriesPiece: (partition: string, name: string): ItemKey => ({ PK: partition, SK: `SERIES#${name}` }),
  /** Roll-ups. The period is a UTC month or `TOTAL`. */
  eventUsage: (eventId: string, period: string): ItemKey => ({ PK: `EVENT#${eventId}`, SK: `USAGE#${period}` }),
  accountUsage: (accountId: string, period: string): ItemKey => ({ PK: `ACCOUNT#${accountId}`, SK: `USAGE#${period}` }),
  /** Everything: all accounts and the overheads. */
  platformUsage: (period: string): ItemKey => ({ PK: 'PLATFORM', SK: `USAGE#${period}` }),
  /** How many of a month's bookings the own lines of accounts and platform have followed. */
  ownLinesFollowed: (month: string): ItemKey => ({ PK: 'PLATFORM', SK: `OWNFOLLOWED#${month}` }),
  /** What no account bears. */
  platformOverheads: (period: string): ItemKey => ({ PK: 'PLATFORM', SK: `OVERHEADS#${period}` }),
  /** Quantities by SKU in a UTC month, of an account and of everything. */
  accountSkus: (accountId: string, month: string): ItemKey => ({ PK: `ACCOUNT#${accountId}`, SK: `SKUS#${month}` }),
  platformSkus: (month: string): ItemKey => ({ PK: 'PLATFORM', SK: `SKUS#${month}` }),
  /** What an account is billed in a UTC month, and whether that is frozen. */
  billing: (accountId: string, month: string): ItemKey => ({ PK: `ACCOUNT#${accountId}`, SK: `BILLING#${month}` }),
  /** A profile that keeps a billing month from being closed. */
  openProfile: (accountId: string, billingMonth: string, ownerId: string, month: string): ItemKey => ({
    PK: `ACCOUNT#${accountId}`,
    SK: `OPENPROFILE#${billingMonth}#${ownerId}#${month}`,
  }),
  /** A move that was booked; sorts by time. */
  ledgerEntry: (partition: OwnPartition, bookedAt: string, id: string): ItemKey => ({ PK: partition, SK: `LEDGER#${bookedAt}#${id}` }),
  /** The same, where a billing month has it of a charge period that was closed. */
  correction: (accountId: string, billingMonth: string, bookedAt: string, id: string): ItemKey => ({
    PK: `ACCOUNT#${accountId}`,
    SK: `CORRECTION#${billingMonth}#${bookedAt}#${id}`,
  }),
  /** A show that was started and whose usage is not settled. */
  unsettledShow: (accountId: string, breakoutId: string): ItemKey => ({ PK: `ACCOUNT#${accountId}`, SK: `UNSETTLED#${breakoutId}` }),
  /** Log totals of a distribution in a UTC hour (`2026-11-23T10`), by log file: `source` is its key. What one item cannot hold goes on in parts. */
  deliveryLog: (distributionId: string, hour: string, source: string, part = 0): ItemKey => ({
    PK: `DISTRIBUTION#${distributionId}`,
    SK: `LOG#${hour}#${source}${part === 0 ? '' : `#${part}`}`,
  }),
  /** That a log file has been counted. */
  logFile: (distributionId: string, source: string): ItemKey => ({ PK: `DISTRIBUTION#${distributionId}`, SK: `FILE#${source}` }),
  /** That a log file came when what it tells of may have been final: it is still to be booked. */
  lateLog: (distributionId: string, source: string): ItemKey => ({ PK: 'LATELOGS', SK: `LATE#${distributionId}#${source}` }),
  /** That a show's metrics are to be read once more. Sorts by when. */
  metricRecheck: (at: string, breakoutId: string): ItemKey => ({ PK: 'RECHECKS', SK: `${at}#${breakoutId}` }),
  /** That a log file cannot be counted, and why. Sorts by the hour of its name. */
  logFileSetAside: (distributionId: string, hour: string, source: string): ItemKey => ({ PK: `DISTRIBUTION#${distributionId}`, SK: `SETASIDE#${hour}#${source}` }),
  /** Who watched in a UTC month, at a level of the usage: the sketches of its viewers. */
  audience: (level: 'BREAKOUT' | 'EVENT' | 'ACCOUNT', id: string, month: string): ItemKey => ({ PK: `${level}#${id}`, SK: `AUDIENCE#${month}` }),
  /** Sessions by minute, of the half hour that begins then (`2026-11-23T10:30`). */
  audienceMinutes: (level: 'BREAKOUT' | 'EVENT' | 'ACCOUNT', id: string, halfHour: string): ItemKey => ({ PK: `${level}#${id}`, SK: `SESSIONS#${halfHour}` }),
  /** What viewers without a token are hashed with. */
  audienceAddressKey: (): ItemKey => ({ PK: 'PLATFORM', SK: 'AUDIENCEKEY' }),
  /** A version of an account's price terms. */
  priceTerms: (accountId: string, version: number): ItemKey => ({ PK: `ACCOUNT#${accountId}`, SK: `TERMS#${versionNumber(version)}` }),
  priceBook: (region: string, bookId: string): ItemKey => ({ PK: `PRICEBOOK#${region}`, SK: `BOOK#${bookId}` }),
  priceRates: (bookId: string, service: string): ItemKey => ({ PK: `PRICEBOOK#${bookId}`, SK: `RATES#${service}` }),
} as const;

/** Keys of the list index. */
export const listKey = {
  account: (accountId: string): ListKey => ({ GSI1PK: 'ACCOUNTS', GSI1SK: accountId }),
  event: (accountId: string, eventId: string): ListKey => ({ GSI1PK: `ACCOUNT#${accountId}`, GSI1SK: eventId }),
  breakout: (eventId: string, breakoutId: string): ListKey => ({ GSI1PK: `EVENT#${eventId}`, GSI1SK: breakoutId }),
  /** The recordings of an account, by event. */
  recording: (accountId: string, eventId: string, breakoutId: string): ListKey => ({ GSI1PK: `ACCOUNTRECORDINGS#${accountId}`, GSI1SK: `${eventId}#${breakoutId}` }),
  /** What accrues, by when it has to be looked at next. */
  accruing: (lookAt: string, breakoutId: string): ListKey => ({ GSI1PK: 'ACCRUING', GSI1SK: `${lookAt}#${breakoutId}` }),
  /** The log of an account's shows, by time. */
  logEntry: (accountId: string, at: string, id: string): ListKey => ({ GSI1PK: `ACCOUNTLOG#${accountId}`, GSI1SK: `${at}#${id}` }),
} as const;
