import { failedShow } from './failed-show.ts';
import { finishedShow } from './finished-show.ts';
import { chooseByStatus, taskStates, waitForToken, waitSeconds, type Flow, type ShowFunctionArns, type State, type States } from './states.ts';

export interface ShowDefinitionProps {
  readonly functionArns: ShowFunctionArns;
  /** How often a wait looks at what it waits for. */
  readonly pollSeconds: number;
  /** How often sources of usage that have not settled are looked at: they may take a day, and an execution has 25,000 events. */
  readonly settlePollSeconds: number;
}

/** A running show looks at its hard stop at least so often, so that it can be extended: a time-out is fixed when the wait begins. */
const hardStopTurnSeconds = 900;

/** A recovery finds a show whose execution has died, in whatever state. */
const isRecovery: State = { Type: 'Choice', Choices: [{ Variable: '$.isRecovery', IsPresent: true, Next: 'KeepLoss' }], Default: 'PrepareChannel' };

/** From the claim of the pipeline until viewers are let in. */
const startingShow = ({ functionArns, pollSeconds }: ShowDefinitionProps): States => {
  const task = taskStates(functionArns);
  const onError = 'EnsureStopped';
  return {
    PrepareChannel: task({ function: 'showChannel', task: 'prepare-channel', next: 'StartChannel', onError }),
    StartChannel: task({ function: 'showChannel', task: 'start-channel', next: 'WaitForRunning', onError }),
    WaitForRunning: waitSeconds(pollSeconds, 'CheckRunning'),
    CheckRunning: task({ function: 'showChannel', task: 'check-running', keepAs: 'check', next: 'IsRunning', onError }),
    IsRunning: chooseByStatus({ DONE: 'OpenEdge', PENDING: 'WaitForRunning' }, 'HasReason'),
    OpenEdge: task({ function: 'showEdge', task: 'open-edge', next: 'MarkRunning', onError }),
    MarkRunning: task({ function: 'showState', task: 'mark-running', next: 'AwaitStop', onError }),
  };
};

/** While it runs: until someone asks for the stop, or the hard stop has come. */
const runningShow = ({ functionArns }: ShowDefinitionProps): States => {
  const task = taskStates(functionArns);
  const onError = 'EnsureStopped';
  return {
    AwaitStop: waitForToken(functionArns, { function: 'showState', task: 'await-stop', timeoutSeconds: hardStopTurnSeconds, onTimeout: 'CheckHardStop', onError, next: 'MarkStopping' }),
    CheckHardStop: task({ function: 'showState', task: 'check-hard-stop', keepAs: 'check', next: 'IsHardStop', onError }),
    IsHardStop: chooseByStatus({ DONE: 'MarkStopping', PENDING: 'AwaitStop' }, 'HasReason'),
  };
};

/** From the stop until the channel is idle. */
const stoppingShow = ({ functionArns, pollSeconds }: ShowDefinitionProps): States => {
  const task = taskStates(functionArns);
  const onError = 'EnsureStopped';
  return {
    MarkStopping: task({ function: 'showState', task: 'mark-stopping', next: 'StopChannel', onError }),
    StopChannel: task({ function: 'showChannel', task: 'stop-channel', next: 'WaitForIdle', onError }),
    WaitForIdle: waitSeconds(pollSeconds, 'CheckIdle'),
    CheckIdle: task({ function: 'showChannel', task: 'check-idle', keepAs: 'check', next: 'IsIdle', onError }),
    IsIdle: chooseByStatus({ DONE: 'MarkStopped', PENDING: 'WaitForIdle' }, 'HasReason'),
    MarkStopped: task({ function: 'showState', task: 'mark-stopped', keepAs: 'stopped', next: 'LimitEdge', onError }),
    // From here on nothing runs: an error must not cost the usage. An edge without a limit is closed at the tail's end.
    LimitEdge: task({ function: 'showEdge', task: 'limit-edge', next: 'RestoreSources', onError: 'RestoreSources' }),
    // The next show sets its own in any case.
    RestoreSources: task({ function: 'showChannel', task: 'restore-sources', next: 'Afterwards', onError: 'Afterwards' }),
  };
};

/** One show as a state machine in the Amazon States Language. Its input is lambda/contract/show-workflow.ts's `ShowInput`. */
export const showDefinition = (props: ShowDefinitionProps): Flow & { readonly Comment: string } => ({
  Comment: 'One show: start the channel, wait for the stop, stop it, convert and measure.',
  StartAt: 'IsRecovery',
  States: { IsRecovery: isRecovery, ...startingShow(props), ...runningShow(props), ...stoppingShow(props), ...finishedShow(props), ...failedShow(props) },
});
