import type { InputControl } from '../../pipelines/channel-control.ts';
import { namedInputs, type NewSecret, type StreamNameVault, streamNamesOf } from '../stream-names.ts';
import type { Show } from '../show-executions.ts';
import { type CurrentShowDeps, findHoldingShow } from './current-show.ts';

/** What preparing a channel needs. */
export interface PrepareChannelDeps extends CurrentShowDeps {
  readonly inputs: Pick<InputControl, 'rename'>;
  readonly streamNames: StreamNameVault;
  readonly newSecret: NewSecret;
}

/** Gives the inputs this breakout's stream names, so that no earlier encoder gets in. Repeatable while the channel is idle. @throws ConflictError */
export const prepareChannel =
  (deps: PrepareChannelDeps) =>
  async (show: Show): Promise<void> => {
    const { pipeline } = await findHoldingShow(deps)(show);
    const names = await streamNamesOf(deps)(show.breakoutId, pipeline);
    for (const { inputId } of namedInputs(pipeline)) await deps.inputs.rename(inputId, names[inputId] ?? []);
  };
