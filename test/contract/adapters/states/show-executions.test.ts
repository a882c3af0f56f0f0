import { CreateStateMachineCommand, DescribeExecutionCommand, SFNClient, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { stepFunctionsShowExecutions, stepFunctionsStopSignal } from '../../../../lambda/adapters/states/show-executions.ts';
import { roleArn, startFunctionPlatform, type FunctionPlatform } from '../../../support/function-platform.ts';
import { until } from '../../../support/until.ts';

let platform: FunctionPlatform;
let client: SFNClient;
let machineArn: string;

/** A machine that hands out a token and waits for it. */
const definition = {
  StartAt: 'Wait',
  States: { Wait: { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken', Parameters: { FunctionName: 'ask', Payload: { 'token.$': '$$.Task.Token', 'input.$': '$' } }, End: true } },
};

const executionArn = (name: string): string => `${machineArn.replace(':stateMachine:', ':execution:')}:${name}`;

beforeAll(async () => {
  platform = await startFunctionPlatform();
  client = new SFNClient(platform.settings);
  await platform.deploy('ask', 'export const handler = async (event) => { console.log(JSON.stringify(event)); };');
  const created = await client.send(new CreateStateMachineCommand({ name: 'show', definition: JSON.stringify(definition), roleArn }));
  machineArn = created.stateMachineArn ?? '';
});

afterAll(async () => {
  client.destroy();
  await platform.close();
});

/** The token that the execution of this show waits with. */
const tokenOf = async (breakoutId: string): Promise<string> => {
  const asked = () => platform.logs.find(({ message }) => message.includes(`"${breakoutId}"`))?.message.split('\t').at(-1);
  await until('the wait to ask', () => asked() !== undefined);
  return JSON.parse(asked()!).token;
};

describe('the executions of shows', () => {
  it('start once an attempt, and run until they end', async () => {
    const executions = stepFunctionsShowExecutions(client, machineArn);
    const show = { breakoutId: 'bko_once', attempt: 1 };

    expect(await executions.isRunning(show)).toBe(false);
    await executions.start(show);
    await executions.start(show);

    expect(await executions.isRunning(show)).toBe(true);
    expect(await executions.isRunning({ ...show, attempt: 2 })).toBe(false);
    const { input } = await client.send(new DescribeExecutionCommand({ executionArn: executionArn('bko_once-1') }));
    expect(JSON.parse(input ?? '')).toEqual(show);
    await client.send(new StopExecutionCommand({ executionArn: executionArn('bko_once-1') }));
    expect(await executions.isRunning(show)).toBe(false);
  });

  it('are recovered by another one, as often as that dies', async () => {
    const executions = stepFunctionsShowExecutions(client, machineArn);
    const show = { breakoutId: 'bko_lost', attempt: 1 };

    await executions.recover(show);
    await executions.recover(show);
    expect(await executions.isRunning(show)).toBe(true);
    await client.send(new StopExecutionCommand({ executionArn: executionArn('bko_lost-1-recovery-1') }));
    expect(await executions.isRunning(show)).toBe(false);
    await executions.recover(show);

    const { input } = await client.send(new DescribeExecutionCommand({ executionArn: executionArn('bko_lost-1-recovery-2') }));
    expect(JSON.parse(input ?? '')).toEqual({ ...show, isRecovery: true });
  });

  it('end their wait at the signal, and take it twice', async () => {
    const executions = stepFunctionsShowExecutions(client, machineArn);
    const signal = stepFunctionsStopSignal(client);
    await executions.start({ breakoutId: 'bko_stopped', attempt: 1 });
    const token = await tokenOf('bko_stopped');

    await signal.complete(token);
    await signal.complete(token);

    await until('the execution to stop', async () => !(await executions.isRunning({ breakoutId: 'bko_stopped', attempt: 1 })));
  });

  it('pass over a signal that nobody waits for', async () => {
    await expect(stepFunctionsStopSignal(client).complete('no-token')).resolves.toBeUndefined();
  });

  it('fail to start where there is no machine', async () => {
    await expect(stepFunctionsShowExecutions(client, `${machineArn}-none`).start({ breakoutId: 'bko_lost', attempt: 1 })).rejects.toMatchObject({ name: 'StateMachineDoesNotExist' });
  });
});
