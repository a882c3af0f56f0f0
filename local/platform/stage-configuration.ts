import { localPipelines, type LocalPipeline, type LocalPipelineName } from './local-pipelines.ts';

/** What of the local stage depends on how the platform is started. */
export interface LocalStageOptions {
  readonly region: string;
  /** Delays and settle times of AWS are divided by this. */
  readonly timeScale: number;
  readonly pipelines: readonly (LocalPipelineName | LocalPipeline)[];
  /** After how long a show is stopped that nobody feeds; as on any stage when absent. */
  readonly noInputStopSeconds?: number;
  /** What differs from local mode's own delivery. */
  readonly delivery?: Readonly<Record<string, unknown>>;
  /** What differs from any stage's recordings. */
  readonly recordings?: Readonly<Record<string, unknown>>;
  /** Cam pipelines and what they share. */
  readonly cam?: Readonly<Record<string, unknown>>;
}

const settleSecondsOnAws = 45_000;
const metricDelaySecondsOnAws = 120;

/**
 * The stage configuration that local mode deploys: the same document as any stage's, validated by the same schema.
 * Only what bounds a wait differs: polls are quick because channels start in seconds, and what waits for AWS's delays follows the time scale.
 */
export const localStageConfiguration = ({ region, timeScale, pipelines, noInputStopSeconds, delivery, recordings, cam }: LocalStageOptions) => ({
  stage: 'local',
  region,
  pipelines: localPipelines(pipelines),
  show: {
    ...{ pollSeconds: 1, channelStartTimeoutSeconds: 60, channelStopTimeoutSeconds: 60, conversionTimeoutSeconds: 3600 },
    metricDelaySeconds: Math.ceil(metricDelaySecondsOnAws / timeScale),
    ...(noInputStopSeconds !== undefined && { noInputStopSeconds }),
  },
  usage: { settleSeconds: Math.ceil(settleSecondsOnAws / timeScale) },
  delivery: { viewerScheme: 'http', viewerTokenSeconds: 6 * 3600, priceClass: 'PriceClass_All', ...delivery },
  ...(recordings && { recordings }),
  ...(cam && { cam }),
  retainData: false,
});
