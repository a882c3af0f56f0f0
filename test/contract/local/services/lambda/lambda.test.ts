import {
  AddPermissionCommand, CreateFunctionCommand, DeleteFunctionCommand, GetFunctionCommand, GetPolicyCommand, InvokeCommand, ListFunctionsCommand,
  PutFunctionEventInvokeConfigCommand, UpdateFunctionConfigurationCommand, type InvokeCommandInput,
} from '@aws-sdk/client-lambda';
import { roleArn, startFunctionPlatform, type FunctionPlatform } from '../../../../support/function-platform.ts';
import { until } from '../../../../support/until.ts';

describe('Lambda through the SDK', () => {
  let platform: FunctionPlatform;

  beforeAll(async () => {
    platform = await startFunctionPlatform({ limits: { threads: 2, concurrency: 4 } });
  });
  afterAll(() => platform.close());

  const invoke = async (FunctionName: string, payload: unknown = {}, rest: Partial<InvokeCommandInput> = {}) => {
    const answer = await platform.client.send(new InvokeCommand({ FunctionName, Payload: JSON.stringify(payload), ...rest }));
    const text = Buffer.from(answer.Payload ?? []).toString();
    return { ...answer, payload: text === '' ? undefined : JSON.parse(text) };
  };

  it('runs a function with the environment of Lambda and nothing of this machine', async () => {
    const arn = await platform.deploy('environment', 'export const handler = async (event, context) => ({ event, env: process.env, context, left: context.getRemainingTimeInMillis() });', { Environment: { Variables: { TABLE_NAME: 'shows' } }, Timeout: 5 });

    const { payload, StatusCode, ExecutedVersion } = await invoke('environment', { a: 1 });

    expect([StatusCode, ExecutedVersion, payload.event]).toEqual([200, '$LATEST', { a: 1 }]);
    expect(payload.env).toMatchObject({ TABLE_NAME: 'shows', AWS_REGION: 'us-east-1', AWS_LAMBDA_FUNCTION_NAME: 'environment', AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '128', _HANDLER: 'index.handler', AWS_ACCESS_KEY_ID: 'ROLE', AWS_ENDPOINT_URL: platform.settings.endpoint });
    expect(payload.env.AWS_ENDPOINT_URL_CLOUDFRONT_KEYVALUESTORE).toBe(`http://kvs.localhost:${new URL(platform.settings.endpoint).port}`);
    expect(Object.keys(payload.env)).not.toContain('PATH');
    expect(payload.context).toMatchObject({ functionName: 'environment', invokedFunctionArn: arn, memoryLimitInMB: '128' });
    expect(payload.left).toBeGreaterThan(3000);
  });

  it('keeps the module between calls and resolves names below localhost', async () => {
    await platform.deploy('warm', `
      import dns from 'node:dns/promises'; import { lookup } from 'node:dns';
      let calls = 0;
      export const handler = async () => ({ calls: ++calls, address: await new Promise((resolve) => lookup('123456789012.kvs.localhost', (_e, address) => resolve(address))) });`);

    const answers = [await invoke('warm'), await invoke('warm')];

    expect(answers.map(({ payload }) => payload)).toEqual([{ calls: 1, address: '127.0.0.1' }, { calls: 2, address: '127.0.0.1' }]);
  });

  it('reports what a function throws as Lambda does, and goes on', async () => {
    await platform.deploy('throws', "export class Unavailable extends Error { name = 'Unavailable'; }; export const handler = async ({ fine }) => { if (fine) return 'ok'; throw new Unavailable('not now'); };");

    const failed = await invoke('throws');
    const fine = await invoke('throws', { fine: true });

    expect(failed).toMatchObject({ StatusCode: 200, FunctionError: 'Unhandled', payload: { errorType: 'Unavailable', errorMessage: 'not now', trace: expect.arrayContaining([expect.stringContaining('Unavailable: not now')]) } });
    expect(Math.max(...failed.payload.trace.map((line: string) => line.length))).toBeLessThan(300);
    expect(fine.payload).toBe('ok');
  });

  test.each([
    ['a module that does not load', 'throw new TypeError("broken");', {}, { errorType: 'TypeError', errorMessage: 'broken' }],
    ['a missing export', 'export const other = 1;', {}, { errorType: 'Runtime.HandlerNotFound', errorMessage: 'index.handler is undefined or not exported' }],
    ['a missing file', 'export const handler = 1;', { Handler: 'absent.handler' }, { errorType: 'Runtime.ImportModuleError' }],
    ['an exit', 'export const handler = async () => process.exit(3);', {}, { errorType: 'Runtime.ExitError', errorMessage: expect.stringContaining('exit status 3') }],
    ['an unhandled rejection', 'export const handler = () => { Promise.reject(new Error("lost")); return new Promise(() => {}); };', {}, { errorType: 'Runtime.UnhandledPromiseRejection', errorMessage: 'Error: lost' }],
    ['an uncaught error', 'export const handler = () => { setImmediate(() => { throw new RangeError("far"); }); return new Promise(() => {}); };', {}, { errorType: 'RangeError', errorMessage: 'far' }],
    ['a loop without end', 'export const handler = () => { for (;;); };', { Timeout: 1 }, { errorType: 'Sandbox.Timedout', errorMessage: expect.stringMatching(/^RequestId: .* Error: Task timed out after 1\.00 seconds$/) }],
    ['an answer that is too large', 'export const handler = async () => "x".repeat(7000000);', {}, { errorType: 'Function.ResponseSizeTooLarge' }],
    ['too much memory', 'export const handler = () => { const all = []; for (;;) all.push(new Array(100000).fill(Math.random())); };', { Timeout: 30 }, { errorType: 'Runtime.OutOfMemory' }],
  ])('fails on %s', async (name, source, rest, expected) => {
    const FunctionName = name.replaceAll(' ', '-');
    await platform.deploy(FunctionName, source, rest);

    const answer = await invoke(FunctionName);

    expect(answer).toMatchObject({ FunctionError: 'Unhandled', payload: expected });
  });

  it('logs what a function prints, and gives the tail when asked', async () => {
    await platform.deploy('prints', "export const handler = async () => { console.log('hello %d', 1); console.error({ a: 1 }); process.stdout.write('raw\\n'); };");

    const { LogResult } = await invoke('prints', {}, { LogType: 'Tail' });
    await until('the raw line in the log', () => platform.logs.some(({ message }) => message === 'raw'));

    const lines = platform.logs.filter(({ logGroupName }) => logGroupName === '/aws/lambda/prints').map(({ message }) => message);
    expect(lines).toEqual(expect.arrayContaining([expect.stringMatching(/^\S+Z\t[\w-]+\tINFO\thello 1$/), expect.stringMatching(/\tERROR\t\{ a: 1 \}$/), expect.stringMatching(/^REPORT RequestId: /)]));
    expect(Buffer.from(LogResult ?? '', 'base64').toString()).toContain('hello 1');
  });

  it('handles one call a thread, and refuses more than its concurrency', async () => {
    await platform.deploy('slow', 'let running = 0; export const handler = async () => { running += 1; const seen = running; await new Promise((resolve) => setTimeout(resolve, 150)); running -= 1; return seen; };');

    const answers = await Promise.allSettled(Array.from({ length: 6 }, () => invoke('slow')));

    expect(answers.filter(({ status }) => status === 'fulfilled').map((each) => (each.status === 'fulfilled' ? each.value.payload : 0))).toEqual([1, 1, 1, 1]);
    expect(answers.filter(({ status }) => status === 'rejected').map((each) => (each.status === 'rejected' ? each.reason.name : ''))).toEqual(['TooManyRequestsException', 'TooManyRequestsException']);
  });

  it('retries asynchronous calls twice, then tells the destination', async () => {
    await platform.deploy('fails', "export const handler = async () => { throw new Error('never'); };");
    await platform.client.send(new PutFunctionEventInvokeConfigCommand({ FunctionName: 'fails', DestinationConfig: { OnFailure: { Destination: 'arn:aws:sqs:us-east-1:123456789012:lost' } } }));

    const { StatusCode } = await invoke('fails', { n: 1 }, { InvocationType: 'Event' });
    await until('a delivery', () => platform.deliveries.length > 0);

    expect(StatusCode).toBe(202);
    expect(JSON.parse(platform.deliveries[0]!.body)).toMatchObject({ requestContext: { condition: 'RetriesExhausted', approximateInvokeCount: 3 }, requestPayload: { n: 1 }, responsePayload: { errorMessage: 'never' } });
    expect(platform.metrics.filter(({ name, dimensions }) => name === 'Errors' && dimensions['FunctionName'] === 'fails').map(({ value }) => value)).toEqual([1, 1, 1]);
  });

  it('describes, lists, reconfigures and deletes functions', async () => {
    await platform.deploy('kept', 'export const handler = async () => process.env.A;');

    await platform.client.send(new UpdateFunctionConfigurationCommand({ FunctionName: 'kept', Environment: { Variables: { Aa: '1', A1: '2' } }, MemorySize: 256 }));
    const { Configuration } = await platform.client.send(new GetFunctionCommand({ FunctionName: 'kept' }));
    const { Functions } = await platform.client.send(new ListFunctionsCommand({}));
    await platform.client.send(new DeleteFunctionCommand({ FunctionName: 'kept' }));

    expect(Configuration).toMatchObject({ FunctionName: 'kept', State: 'Active', MemorySize: 256, Environment: { Variables: { Aa: '1', A1: '2' } } });
    expect(Functions?.map(({ FunctionName }) => FunctionName)).toContain('kept');
    await expect(invoke('kept')).rejects.toMatchObject({ name: 'ResourceNotFoundException', message: expect.stringContaining('Function not found') });
  });

  it('lets services call that the resource policy names', async () => {
    const functionName = await platform.deploy('served', 'export const handler = async (event) => event;');
    await platform.client.send(new AddPermissionCommand({ FunctionName: 'served', StatementId: 'rule', Action: 'lambda:InvokeFunction', Principal: 'events.amazonaws.com', SourceArn: 'arn:aws:events:us-east-1:123456789012:rule/shows-*' }));
    const call = { functionName, payload: '{"a":1}', servicePrincipal: 'events.amazonaws.com', sourceArn: 'arn:aws:events:us-east-1:123456789012:rule/shows-start' };

    const answer = await platform.lambda.invokeForService(call);
    const { Policy } = await platform.client.send(new GetPolicyCommand({ FunctionName: 'served' }));

    expect(answer.payload).toBe('{"a":1}');
    expect(JSON.parse(Policy ?? '').Statement).toHaveLength(1);
    await expect(platform.lambda.invokeForService({ ...call, sourceArn: 'arn:aws:events:us-east-1:123456789012:rule/other' })).rejects.toMatchObject({ name: 'AccessDeniedException' });
    await expect(platform.lambda.invokeForService({ ...call, servicePrincipal: 's3.amazonaws.com' })).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });

  test.each<[string, Partial<InvokeCommandInput>, string]>([
    ['a payload that is not JSON', { Payload: Buffer.from('{') }, 'InvalidRequestContentException'],
    ['a payload over 1 MB asynchronously', { InvocationType: 'Event', Payload: Buffer.from(`"${'x'.repeat(1_048_576)}"`) }, 'RequestTooLargeException'],
    ['a payload over 6 MB', { Payload: Buffer.from(`"${'x'.repeat(6_291_456)}"`) }, 'RequestTooLargeException'],
    ['a version that does not exist', { Qualifier: '7' }, 'ResourceNotFoundException'],
  ])('rejects %s', async (_what, input, name) => {
    await expect(platform.client.send(new InvokeCommand({ FunctionName: 'warm', ...input }))).rejects.toMatchObject({ name });
  });

  test.each([
    ['a reserved variable', { Environment: { Variables: { AWS_REGION: 'x' } } }, 'InvalidParameterValueException'],
    ['another runtime', { Runtime: 'python3.13' as const }, 'InvalidParameterValueException'],
    ['a time-out over 15 minutes', { Timeout: 901 }, 'InvalidParameterValueException'],
    ['a role that does not exist', { Role: 'arn:aws:iam::999999999999:role/nobody' }, 'InvalidParameterValueException'],
    ['a name in use', { FunctionName: 'warm' }, 'ResourceConflictException'],
  ])('rejects a function with %s', async (_what, rest, name) => {
    const valid = { FunctionName: 'new', Role: roleArn, Runtime: 'nodejs24.x' as const, Handler: 'index.handler', Code: { S3Bucket: 'assets', S3Key: 'key' } };

    await expect(platform.client.send(new CreateFunctionCommand({ ...valid, ...rest }))).rejects.toMatchObject({ name });
  });
});
