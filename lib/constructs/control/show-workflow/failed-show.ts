import { taskErrors } from '../../../../lambda/contract/show-workflow.ts';
import type { ShowDefinitionProps } from './show-definition.ts';
import { answerPath, chooseByStatus, taskStates, waitSeconds, type State, type States } from './states.ts';

/** A polling task that answers FAILED becomes an error as if it had thrown; the next state stops the channel. */
const asError = (cause: Readonly<Record<string, string>>): State => ({ Type: 'Pass', Parameters: { Error: taskErrors.channelFailed, ...cause }, ResultPath: '$.error', Next: 'EnsureStopped' });

/** Looks less often than a show that goes well, so that the history lasts for half a day of a channel that will not stop. */
const patience = 3;

/** Metering windows are whole minutes: whoever has the pipeline next must not begin in the minute in which this show ended. */
const wholeMinuteSeconds = 60;

/**
 * Whatever goes wrong before the channel is idle leads here: stop the channel for certain, say so, give the pipeline
 * back, and measure what ran all the same. Nothing here gives up while the channel may be running.
 */
export const failedShow = ({ functionArns, pollSeconds, settleSeconds }: ShowDefinitionProps): States => {
  const task = taskStates(functionArns);
  const pauseSeconds = pollSeconds * patience;
  return {
    HasReason: { Type: 'Choice', Choices: [{ Variable: `${answerPath}.reason`, IsPresent: true, Next: 'KeepReason' }], Default: 'KeepNoReason' },
    KeepReason: asError({ 'Cause.$': `${answerPath}.reason` }),
    KeepNoReason: asError({ Cause: 'The channel failed and gave no reason.' }),
    EnsureStopped: task({ function: 'showChannel', task: 'ensure-stopped', next: 'WaitForStopped', onError: 'WaitForStopped' }),
    WaitForStopped: waitSeconds(pauseSeconds, 'CheckStopped'),
    CheckStopped: task({ function: 'showChannel', task: 'check-idle', keepAs: 'check', next: 'IsStopped', onError: 'EnsureStopped' }),
    IsStopped: chooseByStatus({ DONE: 'MarkFailed', PENDING: 'WaitForStopped' }, 'EnsureStopped'),
    // A breakout that cannot be marked now is marked by its hard stop; the pipeline must not wait for that.
    MarkFailed: task({ function: 'showState', task: 'mark-failed', payload: { 'error.$': '$.error' }, next: 'CloseEdgeOfFailed', onError: 'CloseEdgeOfFailed' }),
    CloseEdgeOfFailed: task({ function: 'showEdge', task: 'close-edge', next: 'WaitForWholeMinute', onError: 'WaitForWholeMinute' }),
    WaitForWholeMinute: waitSeconds(wholeMinuteSeconds, 'ReleaseOfFailed'),
    ReleaseOfFailed: task({ function: 'showState', task: 'release-pipeline', next: 'MeasureFailedProvisional', onError: 'WaitForWholeMinute' }),
    MeasureFailedProvisional: task({ function: 'metering', task: 'measure-provisional', next: 'WaitForSettlingOfFailed', onError: 'WaitForSettlingOfFailed' }),
    WaitForSettlingOfFailed: waitSeconds(settleSeconds, 'MeasureFailedFinal'),
    MeasureFailedFinal: task({ function: 'metering', task: 'measure-final', keepAs: 'check', next: 'IsFailedFinal', onError: 'ShowFailed' }),
    IsFailedFinal: chooseByStatus({ PENDING: 'WaitToMeasureFailedAgain' }, 'ShowFailed'),
    WaitToMeasureFailedAgain: waitSeconds(pauseSeconds, 'MeasureFailedFinal'),
    ShowFailed: { Type: 'Fail', Error: 'ShowFailed', Cause: 'The breakout is FAILED and says why. Nothing of it runs.' },
  };
};
