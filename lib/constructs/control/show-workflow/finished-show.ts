import type { ShowDefinitionProps } from './show-definition.ts';
import { chooseByStatus, taskStates, waitSeconds, waitUntil, type Flow, type States } from './states.ts';

/** Until a lease is given back it is tried again so often: 25,000 events of history are a week of it. */
const leaseRetrySeconds = 60;

const ended = { Type: 'Succeed' } as const;

/** After an outage that retries did not outlast. */
const outageSeconds = 60;

/** Makes the recording and measures again with it. Whatever becomes of the conversion, the branch succeeds, and the recording says why it failed. */
const conversion = ({ functionArns, pollSeconds }: ShowDefinitionProps): Flow => {
  const task = taskStates(functionArns);
  const onError = 'GiveUpConversion';
  const keepErrorAs = 'conversionError';
  return {
    StartAt: 'WaitToConvert',
    States: {
      WaitToConvert: waitUntil('$.stopped.answer.convertsAt', 'SubmitConversion'),
      SubmitConversion: task({ function: 'conversion', task: 'submit-conversion', keepAs: 'check', next: 'IsSubmitted', onError, keepErrorAs }),
      IsSubmitted: chooseByStatus({ NONE: 'ConversionEnded', PENDING: 'WaitForConversion' }, 'MeasureWithConversion'),
      WaitForConversion: waitSeconds(pollSeconds, 'CheckConversion'),
      CheckConversion: task({ function: 'conversion', task: 'check-conversion', keepAs: 'check', next: 'IsConverted', onError, keepErrorAs }),
      IsConverted: chooseByStatus({ PENDING: 'WaitForConversion' }, 'MeasureWithConversion'),
      GiveUpConversion: task({ function: 'conversion', task: 'give-up-conversion', payload: { 'error.$': `$.${keepErrorAs}` }, keepAs: 'check', next: 'IsGivenUp', onError: 'MeasureWithConversion' }),
      IsGivenUp: chooseByStatus({ NONE: 'ConversionEnded', PENDING: 'WaitToConvertAgain' }, 'MeasureWithConversion'),
      WaitToConvertAgain: waitSeconds(outageSeconds, 'SubmitConversion'),
      MeasureWithConversion: task({ function: 'metering', task: 'measure-provisional', next: 'ConversionEnded', onError: 'ConversionEnded' }),
      ConversionEnded: ended,
    },
  };
};

/** Usage at once, without the recording. The final measurement makes good what fails here. */
const provisionalUsage = ({ functionArns }: ShowDefinitionProps): Flow => ({
  StartAt: 'MeasureProvisional',
  States: {
    MeasureProvisional: taskStates(functionArns)({ function: 'metering', task: 'measure-provisional', next: 'ProvisionalEnded', onError: 'ProvisionalEnded' }),
    ProvisionalEnded: ended,
  },
});

/** Closes the edge when the last viewer can have played, and frees the pipeline at the next whole minute. Never gives up: nobody else would. */
const release = ({ functionArns }: ShowDefinitionProps): Flow => {
  const task = taskStates(functionArns);
  return {
    StartAt: 'WaitForTail',
    States: {
      WaitForTail: waitUntil('$.stopped.answer.tailEndsAt', 'CloseEdge'),
      CloseEdge: task({ function: 'showEdge', task: 'close-edge', next: 'WaitForRelease', onError: 'WaitToCloseAgain' }),
      WaitToCloseAgain: waitSeconds(leaseRetrySeconds, 'CloseEdge'),
      WaitForRelease: waitUntil('$.stopped.answer.releasesAt', 'ReleasePipeline'),
      ReleasePipeline: task({ function: 'showState', task: 'release-pipeline', next: 'Released', onError: 'WaitToReleaseAgain' }),
      WaitToReleaseAgain: waitSeconds(leaseRetrySeconds, 'ReleasePipeline'),
      Released: ended,
    },
  };
};

const outcomePath = '$.stopped.answer.outcome';

/**
 * Everything after the channel is idle, however it came to that: three things at once, then the final measurement. A
 * pipeline that the show has left needs none: the show is measured as a whole when it ends.
 */
export const finishedShow = (props: ShowDefinitionProps): States => {
  const task = taskStates(props.functionArns);
  return {
    Afterwards: { Type: 'Parallel', Branches: [conversion(props), provisionalUsage(props), release(props)], ResultPath: null, Next: 'HasLeft' },
    HasLeft: { Type: 'Choice', Choices: [{ Variable: outcomePath, StringEquals: 'LEFT', Next: 'Finished' }], Default: 'WaitForSettling' },
    WaitForSettling: waitUntil('$.stopped.answer.settlesAt', 'MeasureFinal'),
    MeasureFinal: task({ function: 'metering', task: 'measure-final', keepAs: 'check', next: 'IsFinal' }),
    IsFinal: chooseByStatus({ DONE: 'MarkFinal', PENDING: 'WaitToMeasureAgain' }, 'UsageNotFinal'),
    WaitToMeasureAgain: waitSeconds(props.settlePollSeconds, 'MeasureFinal'),
    MarkFinal: task({ function: 'showState', task: 'mark-final', next: 'HasFailed' }),
    HasFailed: { Type: 'Choice', Choices: [{ Variable: outcomePath, StringEquals: 'FAILED', Next: 'ShowFailed' }], Default: 'Finished' },
    Finished: { Type: 'Succeed' },
    ShowFailed: { Type: 'Fail', Error: 'ShowFailed', Cause: 'The breakout is FAILED and says why. Nothing of it runs, and its usage is final.' },
    UsageNotFinal: { Type: 'Fail', Error: 'UsageNotFinal', Cause: 'The final measurement failed; the usage stays provisional. Redrive the execution when the cause is mended.' },
  };
};
