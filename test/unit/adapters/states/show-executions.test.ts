import {
  DescribeExecutionCommand, ExecutionAlreadyExists, ExecutionDoesNotExist, InvalidToken, SendTaskSuccessCommand, SFNClient, StartExecutionCommand, TaskDoesNotExist, TaskTimedOut,
} from '@aws-sdk/client-sfn';
import { mockClient } from 'aws-sdk-client-mock';
import { stepFunctionsShowExecutions, stepFunctionsStopSignal } from '../../../../lambda/adapters/states/show-executions.ts';

const states = mockClient(SFNClient);
const client = new SFNClient({ region: 'us-east-1' });
const executions = stepFunctionsShowExecutions(client, 'arn:aws:states:us-east-1:123456789012:stateMachine:test-show');
const show = { breakoutId: 'bko_1', attempt: 2 };
const arnOf = (name: string): string => `arn:aws:states:us-east-1:123456789012:execution:test-show:${name}`;
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
    states.on(DescribeExecutionCommand).rejects(new ExecutionDoesNotExist(told)).on(DescribeExecutionCommand, { executionArn: arnOf('bko_1-3') }).resolves({ status: 'TIMED_OUT' });

    expect(await executions.isRunning(show)).toBe(false);
    expect(await executions.isRunning({ ...show, attempt: 3 })).toBe(false);
  });
});

describe('the recovery of a show', () => {
  const dead = (...names: readonly string[]): void => {
    states.on(DescribeExecutionCommand).rejects(new ExecutionDoesNotExist(told));
    for (const name of names) states.on(DescribeExecutionCommand, { executionArn: arnOf(name) }).resolves({ status: 'ABORTED' });
    states.on(StartExecutionCommand).resolves({});
  };

  it('is an execution of its own, which counts as the show\'s', async () => {
    dead('bko_1-2');
    await executions.recover(show);

    expect(states.commandCalls(StartExecutionCommand)[0]?.args[0].input).toMatchObject({ name: 'bko_1-2-recovery-1', input: '{"breakoutId":"bko_1","attempt":2,"isRecovery":true}' });
    states.on(DescribeExecutionCommand, { executionArn: arnOf('bko_1-2-recovery-1') }).resolves({ status: 'RUNNING' });
    expect(await executions.isRunning(show)).toBe(true);
    await executions.recover(show);
    expect(states.commandCalls(StartExecutionCommand)).toHaveLength(1);
  });

  it('is followed by another one when it has died, five times', async () => {
    dead('bko_1-2', 'bko_1-2-recovery-1');
    await executions.recover(show);
    expect(states.commandCalls(StartExecutionCommand)[0]?.args[0].input).toMatchObject({ name: 'bko_1-2-recovery-2' });

    dead(...[1, 2, 3, 4, 5].map((turn) => `bko_1-2-recovery-${turn}`));
    await expect(executions.recover(show)).rejects.toThrow(/recovered 5 times/);
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
