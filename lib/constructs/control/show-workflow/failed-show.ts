import { taskErrors } from '../../../../lambda/contract/show-workflow.ts';
import type { ShowDefinitionProps } from './show-definition.ts';
import { answerPath, chooseByStatus, taskStates, waitSeconds, type State, type States } from './states.ts';

/** A polling task that answers FAILED becomes an error as if it had thrown; the next state stops the channel. */
const asError = (cause: Readonly<Record<string, string>>): State => ({ Type: 'Pass', Parameters: { Error: taskErrors.channelFailed, ...cause }, ResultPath: '$.error', Next: 'EnsureStopped' });

/** Looks less often than a show that goes well, so that the history lasts for half a day of a channel that will not stop. */
const patience = 3;

/** Nothing runs any more: what could not be written is tried again for as long as the history lasts, which is a week. */
const retrySeconds = 60;

/**
 * Whatever goes wrong before the channel is idle leads here, and so do aborts during the start, shows that have gone
 * over to another pipeline, and recoveries of lost executions: stop the channel for certain and say how it ended. All
 * that has to be done afterwards is done as after any show. Nothing here gives up while the channel may be running.
 */
export const failedShow = ({ functionArns, pollSeconds }: ShowDefinitionProps): States => {
  const task = taskStates(functionArns);
  const pauseSeconds = pollSeconds * patience;
  return {
    KeepLoss: { Type: 'Pass', Parameters: { Error: taskErrors.executionLost, Cause: 'the execution that ran this show had died' }, ResultPath: '$.error', Next: 'EnsureStopped' },
    HasReason: { Type: 'Choice', Choices: [{ Variable: `${answerPath}.reason`, IsPresent: true, Next: 'KeepReason' }], Default: 'KeepNoReason' },
    KeepReason: asError({ 'Cause.$': `${answerPath}.reason` }),
    KeepNoReason: asError({ Cause: 'The channel failed and gave no reason.' }),
    EnsureStopped: task({ function: 'showChannel', task: 'ensure-stopped', next: 'WaitForStopped', onError: 'WaitForStopped' }),
    WaitForStopped: waitSeconds(pauseSeconds, 'CheckStopped'),
    CheckStopped: task({ function: 'showChannel', task: 'check-idle', keepAs: 'check', next: 'IsStopped', onError: 'EnsureStopped' }),
    IsStopped: chooseByStatus({ DONE: 'RestoreSourcesOfFailed', PENDING: 'WaitForStopped' }, 'EnsureStopped'),
    // While the pipeline is the show's; a show that is SCHEDULED again has it no more.
    RestoreSourcesOfFailed: task({ function: 'showChannel', task: 'restore-sources', next: 'EndFailed', onError: 'EndFailed', keepErrorAs: 'sourcesError' }),
    EndFailed: task({ function: 'showState', task: 'end-failed', payload: { 'error.$': '$.error' }, keepAs: 'stopped', next: 'HasReturned', onError: 'WaitToEndAgain', keepErrorAs: 'endError' }),
    WaitToEndAgain: waitSeconds(retrySeconds, 'EndFailed'),
    HasReturned: { Type: 'Choice', Choices: [{ Variable: '$.stopped.answer.outcome', StringEquals: 'RETURNED', Next: 'ShowNotStarted' }], Default: 'LimitEdge' },
    ShowNotStarted: { Type: 'Fail', Error: 'ShowNotStarted', Cause: 'The breakout is SCHEDULED again and says why. Nothing of it ran.' },
  };
};
