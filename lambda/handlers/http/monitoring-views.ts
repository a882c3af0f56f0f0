import type { DistributionBody } from '../../contract/api/distribution.ts';
import type { HealthBody } from '../../contract/api/health.ts';
import type { Thumbnail } from '../../domain/monitoring/channel-watch.ts';
import type { DistributionReading } from '../../domain/monitoring/distribution.ts';
import type { Health, PipelineHealth, WatchedWindow } from '../../domain/monitoring/health/health.ts';

const thumbnailBody = ({ contentType, base64, takenAt }: Thumbnail, now: number) => ({
  contentType,
  dataUrl: `data:${contentType};base64,${base64}`,
  takenAt,
  ageSeconds: Math.max(0, Math.round((now - Date.parse(takenAt)) / 1000)),
});

const pipelineBody = ({ thumbnail, ...rest }: PipelineHealth, now: number): HealthBody['pipelines'][number] => ({
  ...rest,
  thumbnail: thumbnail === null ? null : thumbnailBody(thumbnail, now),
});

const seriesBody = ({ series, ...rest }: WatchedWindow): HealthBody['series'] => ({ ...rest, items: series.map((one) => ({ ...one, values: [...one.values] })) });

/** A show's health as the API answers it. */
export const healthBody = ({ breakout, channelState, verdict, inputs, pipelines, stream, alerts, window }: Health, now: number): HealthBody => ({
  breakoutId: breakout.breakoutId,
  status: breakout.status,
  channelState: channelState ?? null,
  asOf: new Date(now).toISOString(),
  verdict: { ...verdict, reasons: [...verdict.reasons] },
  inputs: inputs.map((input) => ({ ...input, activeOnPipelines: [...input.activeOnPipelines] })),
  pipelines: pipelines.map((pipeline) => pipelineBody(pipeline, now)),
  ...(stream === undefined ? {} : { stream }),
  alerts: alerts.map(({ alertId, alertType, pipeline, message, setAt }) => ({ alertId, alertType, pipeline, message, setAt })),
  series: window === undefined ? null : seriesBody(window),
});

/** A pipeline's distribution as the API answers it. */
export const distributionBody = ({ pipelineId, distribution, readAt }: DistributionReading & { readonly pipelineId: string }): DistributionBody => ({
  ...distribution,
  pipelineId,
  readAt,
  aliases: [...distribution.aliases],
  origins: distribution.origins.map((origin) => ({ ...origin, headerNames: [...origin.headerNames] })),
  behaviours: distribution.behaviours.map((behaviour) => ({ ...behaviour, functions: [...behaviour.functions] })),
});
