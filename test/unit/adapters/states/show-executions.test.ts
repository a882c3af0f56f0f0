import {
  DescribeExecutionCommand, ExecutionAlreadyExists, ExecutionDoesNotExist, InvalidToken, SendTaskSuccessCommand, SFNClient, StartExecutionCommand, TaskDoesNotExist, TaskTimedOut,
} from '@aws-sdk/client-sfn';
import { mockClient } from 'aws-sdk-client-mock';
import { stepFunctionsShowExecutions, stepFunctionsStopSignal } from '../../../../lambda/adapters/states/show-executions.ts';

const states = mockClient(SFNClient);
const client = new SFNClient({ region: 'us-east-1' });
const executions = stepFunctionsShowExecutions(client, 'arn:aws:states:us-east-1:123456789012:stateMachine:test-show');
const show = { breakoutId: 'bko_1', attempt: 2 };
const told = { message: 'no', $metadata: {} };

beforeEach(() => states.reset());

describe('the execution of a show', () => {
  it('is named after breakout and attempt', async () => {
    states.on(StartExecutionCommand).resolves({}).on(DescribeExecutionCommand).resolves({ status: 'RUNNING' });

    await executions.start(show);

    expect(states.commandCalls(StartExecutionCommand)[0]?.args[0].input).toMatchObject({ name: 'bko_1-2', input: '{"breakoutId":"bko_1","attempt":2}' });
    expect(await executions.isRunning(show)).toBe(true);
    expect(states.commandCalls(DescribeExecutionCommand)[0]?.args[0].input).toEqual({ executionArn: 'arn:aws:states:us-east-1:123456789012:execution:test-show:bko_1-2' });
  });

  it('may be started again without harm', async () => {
    states.on(StartExecutionCommand).rejects(new ExecutionAlreadyExists(told));

    await expect(executions.start(show)).resolves.toBeUndefined();
  });

  it('is dead when it has ended or never was', async () => {
    states.on(DescribeExecutionCommand).resolvesOnce({ status: 'TIMED_OUT' }).rejects(new ExecutionDoesNotExist(told));

    expect(await executions.isRunning(show)).toBe(false);
    expect(await executions.isRunning(show)).toBe(false);
  });
});

describe('the signal to stop', () => {
  it.each([new TaskTimedOut(told), new TaskDoesNotExist(told), new InvalidToken(told)])('ignores a wait that is over: $name', async (error) => {
    states.on(SendTaskSuccessCommand).rejects(error);

    await expect(stepFunctionsStopSignal(client).complete('token')).resolves.toBeUndefined();
  });

  it('fails when it cannot be given', async () => {
    states.on(SendTaskSuccessCommand).rejects(Object.assign(new Error('reset'), { code: 'ECONNRESET' }));

    await expect(stepFunctionsStopSignal(client).complete('token')).rejects.toMatchObject({ name: 'Unavailable' });
  });
});
