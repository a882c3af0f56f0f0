import type { FunctionName } from '../../../lambda/contract/functions.ts';
import { listsArchive, listsRecordings, readsAccessLogs, readsTable, writesTable } from './bindings/data-bindings.ts';
import {
  convertsArchives,
  keepsStreamNames,
  knowsPipelines,
  namesStreams,
  readsSigningKey,
  runsChannels,
  seesInputs,
  stopsChannels,
  writesEdgeStore,
} from './bindings/media-bindings.ts';
import { endsWaits, knowsShowTiming, schedulesHardStops, seesShows, startsShows } from './bindings/show-bindings.ts';
import { knowsIssuer, knowsPrices, knowsSettling, readsMetrics, readsPriceList } from './bindings/usage-bindings.ts';
import type { Binding } from './control-resources.ts';

/** What each function may do: its privilege boundary at a glance. */
export const functionBindings: Readonly<Record<FunctionName, readonly Binding[]>> = {
  authoriser: [readsTable, knowsIssuer],
  api: [writesTable, knowsPipelines, knowsPrices, knowsSettling],
  showControl: [writesTable, knowsPipelines, startsShows, endsWaits, schedulesHardStops],
  ingest: [writesTable, knowsPipelines, keepsStreamNames, seesInputs],
  playback: [readsTable, knowsPipelines, readsSigningKey],
  showChannel: [writesTable, knowsPipelines, keepsStreamNames, namesStreams, runsChannels, knowsShowTiming],
  showState: [writesTable, knowsPipelines, knowsSettling, endsWaits],
  showEdge: [readsTable, knowsPipelines, writesEdgeStore, readsSigningKey],
  conversion: [writesTable, knowsPipelines, convertsArchives, listsArchive, listsRecordings],
  metering: [writesTable, knowsPipelines, listsArchive, listsRecordings, knowsPrices, knowsSettling, readsMetrics],
  mediaEvents: [writesTable, knowsPipelines],
  accessLogs: [writesTable, readsAccessLogs],
  hardStop: [writesTable, knowsPipelines, seesShows, endsWaits, stopsChannels],
  priceBook: [writesTable, readsPriceList],
};
