import { localPipelines, type LocalPipeline, type LocalPipelineName } from './local-pipelines.ts';

/** What of the local stage depends on how the platform is started. */
export interface LocalStageOptions {
  readonly region: string;
  /** Delays and settle times of AWS are divided by this. */
  readonly timeScale: number;
  readonly pipelines: readonly (LocalPipelineName | LocalPipeline)[];
}

const settleSecondsOnAws = 26 * 3600;

/**
 * The stage configuration that local mode deploys: the same document as any stage's, validated by the same schema.
 * Only what bounds a wait differs: polls are quick because channels start in seconds, and settle times follow the time scale.
 */
export const localStageConfiguration = ({ region, timeScale, pipelines }: LocalStageOptions) => ({
  stage: 'local',
  region,
  pipelines: localPipelines(pipelines),
  show: { pollSeconds: 1, channelStartTimeoutSeconds: 60, channelStopTimeoutSeconds: 60, conversionTimeoutSeconds: 3600 },
  usage: { settleSeconds: Math.ceil(settleSecondsOnAws / timeScale) },
  delivery: { viewerScheme: 'http', viewerTokenSeconds: 6 * 3600, priceClass: 'PriceClass_All' },
  retainData: false,
});
