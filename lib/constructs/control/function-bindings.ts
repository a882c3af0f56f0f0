import type { FunctionName } from '../../../lambda/contract/functions.ts';
import { makesStreamKeys, seesStreamKeys, stopsStreams, watchesStreams } from './bindings/cam-bindings.ts';
import { admitsSources, namesStreams, runsChannels, seesAlerts, seesInputs, stopsChannels, switchesInputs, watchesChannels } from './bindings/channel-bindings.ts';
import { deletesRecordings, filmsCamRecordings, joinsPlaylists, keepsReadings, knowsRecordingAccess, knowsRecordingsDelivery, knowsRecordingsLife, listsArchive, listsRecordings, readsAccessLogs, readsCamRecordings, releasesArchive, readsTable, writesTable } from './bindings/data-bindings.ts';
import { seesPackager, watchesDistributions } from './bindings/delivery-bindings.ts';
import { announces, knowsGuards } from './bindings/guard-bindings.ts';
import { revokesCamViewers, signsCamTokens } from './bindings/cam-viewer-bindings.ts';
import { convertsArchives, followsConversions, keepsStreamNames, knowsPipelines, readsSigningKey, tidiesEdgeStore, writesEdgeStore } from './bindings/media-bindings.ts';
import { endsWaits, knowsShowTiming, schedulesHardStops, seesShows, startsShows } from './bindings/show-bindings.ts';
import { countsMetrics, knowsIssuer, knowsPrices, knowsSettling, listsMetrics, publishesUsage, readsMetrics, readsPriceList } from './bindings/usage-bindings.ts';
import { admitsViewers, knowsCurtain, sealsAnswers } from './bindings/viewer-bindings.ts';
import type { Binding } from './control-resources.ts';

/** What each function may do: its privilege boundary at a glance. */
export const functionBindings: Readonly<Record<FunctionName, readonly Binding[]>> = {
  authoriser: [readsTable, knowsIssuer],
  api: [writesTable, knowsPipelines, knowsCurtain, knowsPrices, knowsSettling],
  showControl: [writesTable, knowsPipelines, startsShows, endsWaits, schedulesHardStops, switchesInputs],
  ingest: [writesTable, knowsPipelines, keepsStreamNames, seesInputs, seesStreamKeys],
  playback: [writesTable, knowsPipelines, readsSigningKey, admitsViewers, writesEdgeStore, seesPackager, knowsRecordingAccess, sealsAnswers, signsCamTokens, revokesCamViewers],
  recordings: [writesTable, listsRecordings, deletesRecordings, knowsRecordingsLife, sealsAnswers, knowsPrices],
  shared: [readsTable, knowsRecordingAccess, readsSigningKey],
  monitoring: [readsTable, knowsPipelines, watchesChannels, watchesStreams, watchesDistributions, readsMetrics],
  usage: [readsTable, keepsReadings, knowsPipelines, knowsPrices, readsMetrics, listsMetrics],
  showChannel: [writesTable, knowsPipelines, keepsStreamNames, namesStreams, admitsSources, runsChannels, stopsStreams, makesStreamKeys, knowsShowTiming],
  showState: [writesTable, knowsPipelines, knowsSettling, endsWaits, countsMetrics],
  showEdge: [readsTable, knowsPipelines, writesEdgeStore, tidiesEdgeStore, readsSigningKey, revokesCamViewers],
  conversion: [writesTable, knowsPipelines, convertsArchives, listsArchive, releasesArchive, listsRecordings, joinsPlaylists, readsCamRecordings, filmsCamRecordings, countsMetrics],
  metering: [writesTable, knowsPipelines, listsArchive, listsRecordings, knowsRecordingsLife, knowsPrices, knowsSettling, readsMetrics, listsMetrics, watchesStreams],
  mediaEvents: [writesTable, knowsPipelines, watchesStreams, announces, countsMetrics],
  accessLogs: [writesTable, readsAccessLogs, knowsSettling, countsMetrics],
  hardStop: [writesTable, knowsPipelines, seesShows, startsShows, endsWaits, stopsChannels, stopsStreams, countsMetrics],
  reconciler: [writesTable, knowsPipelines, seesShows, startsShows, endsWaits, stopsChannels, stopsStreams, revokesCamViewers, seesAlerts, admitsSources, readsMetrics, knowsGuards, announces, countsMetrics],
  accrual: [writesTable, knowsPrices, knowsPipelines, knowsRecordingsDelivery, readsMetrics, listsMetrics, watchesStreams, followsConversions, listsArchive, listsRecordings, knowsRecordingsLife, knowsSettling, joinsPlaylists, countsMetrics],
  inventory: [writesTable, knowsPipelines, listsArchive, listsRecordings, knowsRecordingsLife, knowsPrices, countsMetrics],
  usageMetrics: [readsTable, publishesUsage, countsMetrics],
  priceBook: [writesTable, readsPriceList, countsMetrics],
};
