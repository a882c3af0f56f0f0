import { showTaskInput } from '../../../lambda/contract/show-workflow.ts';
import { ConflictError, InvalidInputError, UnavailableError } from '../../../lambda/domain/shared/errors.ts';
import { failureOf } from '../../../lambda/platform/task-failure.ts';
import { workflowHandler } from '../../../lambda/platform/workflow-handler.ts';
import { quietLog } from '../../support/shows/quiet-log.ts';

quietLog();

const payload = { task: 'mark-running', breakoutId: 'bko_1', attempt: 1 };
const failingWith = (error: Error) => workflowHandler(showTaskInput('showState'), () => Promise.reject(error))(payload);

describe('a workflow task', () => {
  it('answers an object even when there is nothing to say', async () => {
    expect(await workflowHandler(showTaskInput('showState'), async () => undefined)(payload)).toEqual({});
  });

  it('rejects a payload of another shape', async () => {
    await expect(workflowHandler(showTaskInput('showState'), async () => undefined)({ ...payload, task: 'dance' })).rejects.toThrow(/task/);
  });

  it.each([
    [new UnavailableError({ code: 'x', message: 'later' }), 'Unavailable'],
    [new ConflictError({ code: 'x', message: 'no' }), 'Conflict'],
    [new InvalidInputError({ code: 'x', message: 'no', fields: [] }), 'InvalidInput'],
  ])('fails with a name that the state machine knows', async (error, name) => {
    await expect(failingWith(error)).rejects.toMatchObject({ name, message: `x: ${error.message}` });
  });
});

describe('why a show failed', () => {
  it('is read from what the state machine caught', () => {
    expect(failureOf({ Error: 'ChannelFailed', Cause: 'it fell back' })).toEqual({ code: 'channel-failed', message: 'it fell back' });
    expect(failureOf({ Error: 'Conflict', Cause: '{"errorType":"Conflict","errorMessage":"not held","trace":[]}' })).toEqual({ code: 'conflict', message: 'not held' });
    expect(failureOf({ Error: 'States.Timeout' })).toEqual({ code: 'states-timeout', message: 'States.Timeout' });
    expect(failureOf(undefined)).toMatchObject({ code: 'unknown' });
  });
});
