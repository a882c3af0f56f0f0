import { awaitStop, type AwaitStopDeps, checkHardStop } from '../../../lambda/domain/breakouts/show/await-stop.ts';
import { endFailedShow, type EndFailedShowDeps } from '../../../lambda/domain/breakouts/show/end-failed-show.ts';
import { markStopped } from '../../../lambda/domain/breakouts/show/end-show.ts';
import { markFinal, markRunning, markStopping, releasePipeline } from '../../../lambda/domain/breakouts/show/mark-show.ts';
import { prepareChannel, type PrepareChannelDeps } from '../../../lambda/domain/breakouts/show/prepare-channel.ts';
import { restoreSources } from '../../../lambda/domain/breakouts/show/sources.ts';
import { checkRunning, startChannel, type StartChannelDeps } from '../../../lambda/domain/breakouts/show/start-channel.ts';
import { checkIdle, ensureStopped, stopChannel, type StopChannelDeps } from '../../../lambda/domain/breakouts/show/stop-channel.ts';
import type { Show } from '../../../lambda/domain/breakouts/show-executions.ts';
import type { PipelineHolds } from '../../../lambda/domain/pipelines/pipeline-hold.ts';
import { measureFinal, measureProvisional, type MeasureBreakoutDeps } from '../../../lambda/domain/usage/measure-breakout.ts';
import { failureOf } from '../../../lambda/platform/task-failure.ts';

/** What the tasks of a show need, but metering. */
export interface ShowTaskDeps extends PrepareChannelDeps, StartChannelDeps, StopChannelDeps, AwaitStopDeps, EndFailedShowDeps {
  readonly breakouts: EndFailedShowDeps['breakouts'];
  readonly pipelines: PrepareChannelDeps['pipelines'];
  readonly runs: StartChannelDeps['runs'] & StopChannelDeps['runs'];
  readonly channels: StartChannelDeps['channels'];
  readonly cams: StartChannelDeps['cams'] & PrepareChannelDeps['cams'];
  readonly streams: StopChannelDeps['streams'] & StartChannelDeps['streams'];
  readonly log: PrepareChannelDeps['log'];
  readonly holds: PipelineHolds;
  readonly startTimeoutSeconds: number;
  readonly stopTimeoutSeconds: number;
}

/** What the state machine sends with a task. */
export interface TaskPayload extends Show {
  readonly task: string;
  readonly taskToken?: string;
  readonly error?: { readonly Error: string; readonly Cause?: string };
}

/** The tasks of a show by name, without the functions around them. */
export const showTasksOf = (deps: ShowTaskDeps, metering: MeasureBreakoutDeps) => {
  const tasks: Readonly<Record<string, (show: Show, payload: TaskPayload) => Promise<unknown>>> = {
    'prepare-channel': prepareChannel(deps),
    'start-channel': startChannel(deps),
    'check-running': checkRunning(deps),
    'stop-channel': stopChannel(deps),
    'check-idle': checkIdle(deps),
    'ensure-stopped': ensureStopped(deps),
    'restore-sources': restoreSources(deps),
    'mark-running': markRunning(deps),
    'await-stop': (show, { taskToken = '' }) => awaitStop(deps)(show, taskToken),
    'check-hard-stop': checkHardStop(deps),
    'mark-stopping': markStopping(deps),
    'mark-stopped': markStopped(deps),
    'end-failed': (show, { error }) => endFailedShow(deps)(show, failureOf(error)),
    'release-pipeline': releasePipeline(deps),
    'mark-final': markFinal(deps),
    'submit-conversion': async () => ({ status: 'NONE' }),
    'measure-provisional': ({ breakoutId }) => measureProvisional(metering)(breakoutId),
    'measure-final': async (show) => ({ status: await measureFinal(metering)(show) }),
  };
  return async ({ task, breakoutId, attempt, ...payload }: TaskPayload): Promise<unknown> => {
    const show = { breakoutId, attempt };
    // What the edge serves is not looked at here.
    return tasks[task]?.(show, { task, ...show, ...payload });
  };
};
