import {
  CreateStateMachineCommand, DeleteStateMachineCommand, DescribeExecutionCommand, DescribeStateMachineCommand, GetExecutionHistoryCommand, ListExecutionsCommand, ListStateMachinesCommand,
  SendTaskFailureCommand, SendTaskHeartbeatCommand, SendTaskSuccessCommand, SFNClient, StartExecutionCommand, StopExecutionCommand, UpdateStateMachineCommand,
} from '@aws-sdk/client-sfn';
import { roleArn, startFunctionPlatform, type FunctionPlatform } from '../../../../support/function-platform.ts';
import { until } from '../../../../support/until.ts';

const only = (state: object): string => JSON.stringify({ StartAt: 'Only', States: { Only: state } });
const waiting = only({ Type: 'Wait', Seconds: 600, End: true });
const invoke = (form: string, name: string): object => ({ Type: 'Task', Resource: `arn:aws:states:::lambda:${form}`, Parameters: { FunctionName: name, Payload: { 'input.$': '$', ...(form === 'invoke' ? {} : { 'token.$': '$$.Task.Token' }) } }, OutputPath: form === 'invoke' ? '$.Payload' : '$', End: true });

describe('Step Functions through the SDK', () => {
  let platform: FunctionPlatform;
  let client: SFNClient;

  beforeAll(async () => {
    platform = await startFunctionPlatform();
    client = new SFNClient({ ...platform.settings, maxAttempts: 1 });
  });
  afterAll(async () => {
    client.destroy();
    await platform.close();
  });

  const create = async (name: string, definition: string): Promise<string> => (await client.send(new CreateStateMachineCommand({ name, definition, roleArn }))).stateMachineArn ?? '';
  const start = async (stateMachineArn: string, name: string, input = '{}'): Promise<string> => (await client.send(new StartExecutionCommand({ stateMachineArn, name, input }))).executionArn ?? '';
  const ended = async (executionArn: string) => {
    await until('the end of the execution', async () => (await client.send(new DescribeExecutionCommand({ executionArn }))).status !== 'RUNNING');
    return client.send(new DescribeExecutionCommand({ executionArn }));
  };

  it('calls a real function as its role', async () => {
    await platform.deploy('double', 'export const handler = async ({ input }) => ({ doubled: input.n * 2 });');
    const executionArn = await start(await create('doubling', only(invoke('invoke', 'double'))), 'one', '{"n":21}');

    const { status, output } = await ended(executionArn);

    expect([status, output]).toEqual(['SUCCEEDED', '{"doubled":42}']);
  });

  it('fails with what the function threw', async () => {
    await platform.deploy('breaks', "export const handler = async () => { const error = new Error('no input'); error.name = 'ChannelFailed'; throw error; };");

    const described = await ended(await start(await create('breaking', only(invoke('invoke', 'breaks'))), 'one'));

    expect(described).toMatchObject({ status: 'FAILED', error: 'ChannelFailed', cause: expect.stringContaining('no input') });
  });

  it('fails when the function does not exist', async () => {
    const described = await ended(await start(await create('lost', only(invoke('invoke', 'absent'))), 'one'));

    expect(described).toMatchObject({ status: 'FAILED', error: 'Lambda.ResourceNotFoundException' });
  });

  it('goes on when the token comes, from the function itself too', async () => {
    await platform.deploy('asks', 'export const handler = async (event) => { console.log(JSON.stringify(event)); };');
    const executionArn = await start(await create('asking', only(invoke('invoke.waitForTaskToken', 'asks'))), 'one');
    await until('the token in the log', () => platform.logs.some(({ message }) => message.includes('"token"')));
    const { token: taskToken } = JSON.parse(platform.logs.find(({ message }) => message.includes('"token"'))!.message.split('\t').at(-1) ?? '');

    await client.send(new SendTaskHeartbeatCommand({ taskToken }));
    await client.send(new SendTaskSuccessCommand({ taskToken, output: '{"stopped":true}' }));
    const { status, output } = await ended(executionArn);

    expect([status, output]).toEqual(['SUCCEEDED', '{"stopped":true}']);
    await expect(client.send(new SendTaskSuccessCommand({ taskToken, output: '1' }))).rejects.toMatchObject({ name: 'TaskTimedOut' });
    await expect(client.send(new SendTaskFailureCommand({ taskToken: 'rubbish' }))).rejects.toMatchObject({ name: 'InvalidToken' });
    await expect(client.send(new SendTaskSuccessCommand({ taskToken, output: '{' }))).rejects.toMatchObject({ name: 'InvalidOutput' });
  });

  it('starts a name once', async () => {
    const stateMachineArn = await create('once', waiting);

    const [first, again] = [await start(stateMachineArn, 'show-1', '{"a":1,"b":2}'), await start(stateMachineArn, 'show-1', '{"b":2,"a":1}')];

    expect(again).toBe(first);
    await expect(start(stateMachineArn, 'show-1', '{"a":2}')).rejects.toMatchObject({ name: 'ExecutionAlreadyExists' });
    await client.send(new StopExecutionCommand({ executionArn: first, error: 'Stopped', cause: 'by hand' }));
    await expect(start(stateMachineArn, 'show-1', '{"a":1,"b":2}')).rejects.toMatchObject({ name: 'ExecutionAlreadyExists' });
    expect(await client.send(new DescribeExecutionCommand({ executionArn: first }))).toMatchObject({ status: 'ABORTED', error: 'Stopped', cause: 'by hand' });
  });

  it('keeps running executions on the definition that they began with', async () => {
    const stateMachineArn = await create('changing', waiting);
    const executionArn = await start(stateMachineArn, 'old');

    await client.send(new UpdateStateMachineCommand({ stateMachineArn, definition: only({ Type: 'Succeed' }) }));
    const { status } = await ended(await start(stateMachineArn, 'new'));

    expect([status, (await client.send(new DescribeExecutionCommand({ executionArn }))).status]).toEqual(['SUCCEEDED', 'RUNNING']);
    expect((await client.send(new DescribeStateMachineCommand({ stateMachineArn }))).definition).toContain('Succeed');
  });

  it('pages lists and histories', async () => {
    const stateMachineArn = await create('paging', only({ Type: 'Pass', End: true }));
    const executionArn = await start(stateMachineArn, 'a');
    await start(stateMachineArn, 'b');

    const first = await client.send(new GetExecutionHistoryCommand({ executionArn, maxResults: 3 }));
    const second = await client.send(new GetExecutionHistoryCommand({ executionArn, maxResults: 3, nextToken: first.nextToken }));
    const backwards = await client.send(new GetExecutionHistoryCommand({ executionArn, reverseOrder: true }));
    const { executions } = await client.send(new ListExecutionsCommand({ stateMachineArn, statusFilter: 'SUCCEEDED' }));

    expect([...first.events!, ...second.events!].map(({ id, type }) => [id, type])).toEqual([[1, 'ExecutionStarted'], [2, 'PassStateEntered'], [3, 'PassStateExited'], [4, 'ExecutionSucceeded']]);
    expect([second.nextToken, backwards.events?.[0]?.type, executions?.map(({ name }) => name).toSorted()]).toEqual([undefined, 'ExecutionSucceeded', ['a', 'b']]);
    await expect(client.send(new GetExecutionHistoryCommand({ executionArn, nextToken: 'rubbish' }))).rejects.toMatchObject({ name: 'InvalidToken' });
  });

  it('creates once what is the same, and deletes', async () => {
    const stateMachineArn = await create('same', waiting);
    const executionArn = await start(stateMachineArn, 'running');

    expect(await create('same', waiting)).toBe(stateMachineArn);
    await expect(create('same', only({ Type: 'Succeed' }))).rejects.toMatchObject({ name: 'StateMachineAlreadyExists' });
    await client.send(new DeleteStateMachineCommand({ stateMachineArn }));
    await expect(start(stateMachineArn, 'late')).rejects.toMatchObject({ name: 'StateMachineDoesNotExist' });
    expect((await client.send(new DescribeExecutionCommand({ executionArn }))).status).toBe('ABORTED');
    expect((await client.send(new ListStateMachinesCommand({}))).stateMachines?.map(({ name }) => name)).not.toContain('same');
  });

  it('rejects what is not well formed', async () => {
    const stateMachineArn = await create('strict', waiting);

    await expect(create('bad', only({ Type: 'Pass', End: true, Assign: {} }))).rejects.toMatchObject({ name: 'InvalidDefinition', message: expect.stringContaining("state 'Only': field Assign is not supported") });
    await expect(create('bad name', waiting)).rejects.toMatchObject({ name: 'InvalidName' });
    await expect(start(stateMachineArn, 'a b')).rejects.toMatchObject({ name: 'InvalidName' });
    await expect(start(stateMachineArn, 'x'.repeat(81))).rejects.toMatchObject({ name: 'InvalidName' });
    await expect(start(stateMachineArn, 'a', '{')).rejects.toMatchObject({ name: 'InvalidExecutionInput' });
    await expect(start('arn:aws:s3:::x', 'a')).rejects.toMatchObject({ name: 'InvalidArn' });
    await expect(client.send(new DescribeExecutionCommand({ executionArn: 'arn:aws:states:us-east-1:123456789012:execution:strict:none' }))).rejects.toMatchObject({ name: 'ExecutionDoesNotExist' });
  });

  it('reports a role that may not call the function', async () => {
    platform.forbid('lambda:InvokeFunction');

    const described = await ended(await start(await create('refused', only(invoke('invoke', 'double'))), 'one'));

    expect(described).toMatchObject({ status: 'FAILED', error: 'Lambda.AWSLambdaException', cause: expect.stringContaining('not authorized to perform: lambda:InvokeFunction') });
  });
});
