import type { InputControl } from '../../pipelines/channel-control.ts';
import type { InputSwitches } from '../../pipelines/input-switches.ts';
import type { ProPipeline } from '../../pipelines/pipeline.ts';
import type { Breakout } from '../breakout.ts';
import { clearCamChannel, type ClearCamChannelDeps } from '../cam/clear-channel.ts';
import { namedInputs, type NewSecret, type StreamNameVault, streamNamesOf } from '../stream-names.ts';
import type { Show } from '../show-executions.ts';
import { findHoldingShow } from './current-show.ts';
import { noteShow, type NoteShowDeps } from './note-show.ts';
import { applySources, type SourcesDeps } from './sources.ts';

/** What preparing a channel needs. */
export interface PrepareChannelDeps extends SourcesDeps, ClearCamChannelDeps {
  readonly inputs: Pick<InputControl, 'rename'>;
  readonly switches: Pick<InputSwitches, 'clear'>;
  readonly streamNames: StreamNameVault;
  readonly newSecret: NewSecret;
}

/** What was asked for is noted here, where it can be repeated until it is noted. */
const noteRequest = async (deps: NoteShowDeps, breakout: Breakout): Promise<void> => {
  const { startRequestedAt: at = breakout.updatedAt, pipelineId } = breakout;
  const left = breakout.earlierLegs?.at(-1);
  if (left !== undefined) {
    await noteShow(deps, breakout, { type: 'SHOW', name: 'PIPELINE_CHANGED', at, message: `the show goes on with pipeline ${pipelineId} in place of ${left.pipelineId}` });
  }
  await noteShow(deps, breakout, { type: 'SHOW', name: 'START_REQUESTED', at, message: `pipeline ${pipelineId} was taken for the show` });
};

/** Gives the inputs this breakout's stream names, and forgets the switches of the show before. */
const prepareInputs = async (deps: PrepareChannelDeps, { breakoutId }: Show, pipeline: ProPipeline): Promise<void> => {
  const names = await streamNamesOf(deps)(breakoutId, pipeline);
  for (const { inputId } of namedInputs(pipeline)) await deps.inputs.rename(inputId, names[inputId] ?? []);
  if (pipeline.channel.inputs.length > 1) await deps.switches.clear(pipeline.channel.channelId);
};

/**
 * Sees to it that no earlier encoder gets in: the inputs get this breakout's stream names and sources, a Cam channel's
 * stream key is void and who streams to it is disconnected. Repeatable while the channel is idle.
 * @throws ConflictError, UnavailableError
 */
export const prepareChannel =
  (deps: PrepareChannelDeps) =>
  async (show: Show): Promise<void> => {
    const { breakout, pipeline } = await findHoldingShow(deps)(show);
    await noteRequest(deps, breakout);
    if (pipeline.kind === 'CAM') {
      await clearCamChannel(deps, breakout, pipeline);
      return;
    }
    await prepareInputs(deps, show, pipeline);
    await applySources(deps)(show);
  };
