import type { CamPipeline } from '../../pipelines/cam-pipeline.ts';
import { observedTimes, type ShowRun } from '../channel-run.ts';
import type { RunObservation } from '../channel-run-store.ts';

/** The channel as it was when it was armed: its class on the bill. */
export type ArmedChannel = Pick<CamPipeline['channel'], 'channelArn' | 'type' | 'preset' | 'latencyMode' | 'containerFormat'>;

/**
 * One interval in which a Cam pipeline was armed for a breakout: `started` = its stream key was there, `ended` = the key
 * was deleted and no stream was left. Streaming time is not measured from it but from the stream sessions in it.
 */
export interface CamRun extends ShowRun {
  readonly kind: 'CAM';
  readonly channel: ArmedChannel;
}

/** The run with what was seen added, by the rules of `withObservation`. */
export const camRunWithObservation = (run: CamRun, seen: RunObservation): CamRun => {
  const { started: _started, ended: _ended, ...rest } = run;
  return { ...rest, ...observedTimes(run, seen) };
};

/** The channel of a pipeline as it is armed now. */
export const armedChannelOf = ({ channel: { channelArn, type, preset, latencyMode, containerFormat } }: CamPipeline): ArmedChannel => ({
  channelArn,
  type,
  latencyMode,
  containerFormat,
  ...(preset === undefined ? {} : { preset }),
});
