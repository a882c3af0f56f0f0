import type { AccountBody } from '../../contract/api/accounts.ts';
import type { BreakoutBody } from '../../contract/api/breakouts.ts';
import type { EventBody } from '../../contract/api/events.ts';
import type { PipelineBody } from '../../contract/api/pipelines.ts';
import type { Account } from '../../domain/accounts/account.ts';
import type { Breakout } from '../../domain/breakouts/breakout.ts';
import type { PlannedEvent } from '../../domain/events/event.ts';
import type { CamPipeline } from '../../domain/pipelines/cam-pipeline.ts';
import { type Pipeline, type ProPipeline, turnaroundSeconds } from '../../domain/pipelines/pipeline.ts';
import { curtainOf } from '../../domain/playback/curtain.ts';
import { camHourlyRates, type CamHourlyRates } from '../../domain/pricing/cam-hourly-rates.ts';
import { hourlyRates, type HourlyRates } from '../../domain/pricing/hourly-rates.ts';
import type { PriceBook } from '../../domain/pricing/price-book.ts';

/** An account as the API answers it. */
export const accountBody = ({ revision: _, ...account }: Account): AccountBody => ({ ...account, members: [...account.members] });

/** An event as the API answers it. */
export const eventBody = ({ revision: _, ...event }: PlannedEvent): EventBody => event;

/** A breakout as the API answers it: without the workflow's own marks. */
export const breakoutBody = ({ revision: _, stopToken: _token, attempt: _attempt, earlierLegs, sources, recordingFormats, ...breakout }: Breakout): BreakoutBody => ({
  ...breakout,
  curtain: curtainOf(breakout),
  ...(sources === undefined ? {} : { sources: [...sources] }),
  ...(recordingFormats === undefined ? {} : { recordingFormats: [...recordingFormats] }),
  ...(earlierLegs === undefined ? {} : { earlierPipelines: earlierLegs.map(({ attempt: _earlier, stopToken: _used, ...leg }) => leg) }),
});

const ratesBody = ({ priceBookId, running, idle }: HourlyRates) => ({ priceBookId, running: { ...running, items: [...running.items] }, idle: { ...idle, items: [...idle.items] } });

const proPipelineBody = (pipeline: ProPipeline, rates: HourlyRates): PipelineBody => ({
  pipelineId: pipeline.pipelineId,
  name: pipeline.name,
  kind: pipeline.kind,
  region: pipeline.region,
  channelClass: pipeline.channel.channelClass,
  inputs: pipeline.channel.inputs.map(({ name, type }) => ({ name, type })),
  inputClass: pipeline.channel.inputClass,
  outputs: [...pipeline.channel.outputs],
  formats: pipeline.packaging.endpoints.map(({ format }) => format),
  turnaroundSeconds: turnaroundSeconds(pipeline),
  hourlyRates: ratesBody(rates),
});

const camPipelineBody = (pipeline: CamPipeline, rates: CamHourlyRates): PipelineBody => ({
  pipelineId: pipeline.pipelineId,
  name: pipeline.name,
  kind: pipeline.kind,
  region: pipeline.region,
  channelType: pipeline.channel.type,
  latencyMode: pipeline.channel.latencyMode,
  containerFormat: pipeline.channel.containerFormat,
  isPrivate: pipeline.channel.isPrivate,
  turnaroundSeconds: turnaroundSeconds(pipeline),
  hourlyRates: { ...ratesBody(rates), viewerHour: [...rates.viewerHour] },
});

/** A pipeline as the API answers it: what it is, and what it costs by the book; not where it is built. */
export const pipelineBody = (pipeline: Pipeline, book: PriceBook | undefined): PipelineBody =>
  pipeline.kind === 'CAM' ? camPipelineBody(pipeline, camHourlyRates(pipeline, book)) : proPipelineBody(pipeline, hourlyRates(pipeline, book));
