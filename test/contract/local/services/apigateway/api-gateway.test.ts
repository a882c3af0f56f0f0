import {
  APIGatewayClient, CreateAuthorizerCommand, CreateDeploymentCommand, CreateRequestValidatorCommand, CreateResourceCommand, CreateRestApiCommand, CreateStageCommand, GetResourcesCommand, GetStageCommand,
  PutGatewayResponseCommand, PutIntegrationCommand, PutIntegrationResponseCommand, PutMethodCommand, PutMethodResponseCommand, UpdateStageCommand, type PutMethodCommandInput,
} from '@aws-sdk/client-api-gateway';
import { AddPermissionCommand } from '@aws-sdk/client-lambda';
import { connect } from 'node:net';
import { systemClock } from '../../../../../local/runtime/clock.ts';
import { memoryStateStore } from '../../../../../local/runtime/state/collection.ts';
import { createApiGatewayService, type ApiGatewayService } from '../../../../../local/services/apigateway/service.ts';
import { startFunctionPlatform, type FunctionPlatform } from '../../../../support/function-platform.ts';

const uri = (functionArn: string): string => `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${functionArn}/invocations`;

describe('API Gateway through the SDK and HTTP', () => {
  let platform: FunctionPlatform;
  let service: ApiGatewayService;
  let client: APIGatewayClient;
  let restApiId: string;
  let base: string;
  const failures: unknown[] = [];
  const ids: Record<string, string> = {};

  const call = async (path: string, init: RequestInit = {}) => {
    const response = await fetch(`${base}${path}`, init);
    const text = await response.text();
    return { status: response.status, headers: Object.fromEntries(response.headers), cookies: response.headers.getSetCookie(), text, json: () => JSON.parse(text) };
  };
  const asAda = { headers: { Authorization: 'Bearer ada' } };

  const addResource = async (parent: string, pathPart: string): Promise<void> => {
    const { id, path } = await client.send(new CreateResourceCommand({ restApiId, parentId: ids[parent], pathPart }));
    ids[path ?? ''] = id ?? '';
  };
  const addMethod = async (path: string, httpMethod: string, functionArn: string, rest: Partial<PutMethodCommandInput> = {}): Promise<void> => {
    const key = { restApiId, resourceId: ids[path], httpMethod };
    await client.send(new PutMethodCommand({ authorizationType: 'NONE', ...rest, ...key }));
    await client.send(new PutIntegrationCommand({ ...key, type: 'AWS_PROXY', integrationHttpMethod: 'POST', uri: uri(functionArn), timeoutInMillis: path === '/slow' ? 100 : 29_000 }));
  };
  const deployFunction = async (name: string, source: string): Promise<string> => {
    const arn = await platform.deploy(name, source);
    await platform.client.send(new AddPermissionCommand({ FunctionName: name, StatementId: 'api', Action: 'lambda:InvokeFunction', Principal: 'apigateway.amazonaws.com', SourceArn: `arn:aws:execute-api:us-east-1:123456789012:${restApiId}/*` }));
    return arn;
  };
  const deploy = async (): Promise<string> => (await client.send(new CreateDeploymentCommand({ restApiId }))).id ?? '';

  beforeAll(async () => {
    platform = await startFunctionPlatform({
      more: (lambda) => {
        service = createApiGatewayService({ state: memoryStateStore(), clock: systemClock, functions: lambda, logs: { write: (entry) => void platform.logs.push(entry) }, metrics: { record: (observation) => void platform.metrics.push(observation) }, region: 'us-east-1', accountId: '123456789012', onFailure: (failure) => void failures.push(failure) });
        return [service];
      },
    });
    client = new APIGatewayClient({ ...platform.settings, maxAttempts: 1 });
    restApiId = (await client.send(new CreateRestApiCommand({ name: 'shows' }))).id ?? '';
    ids['/'] = (await client.send(new GetResourcesCommand({ restApiId }))).items?.[0]?.id ?? '';
    for (const [parent, part] of [['/', 'events'], ['/events', '{eventId}'], ['/events', 'mine'], ['/', 'files'], ['/files', '{proxy+}'], ['/', 'broken'], ['/', 'slow'], ['/', 'asked'], ['/', 'secret'], ['/', 'required']] as const) await addResource(parent, part);

    const echo = await deployFunction('echo', "export const handler = async (event) => ({ statusCode: 200, headers: { 'X-Made': 'here' }, multiValueHeaders: { 'Set-Cookie': ['a=1', 'b=2'] }, body: JSON.stringify(event) });");
    const broken = await deployFunction('broken', "export const handler = async ({ queryStringParameters: q }) => { if (q?.throw) throw new Error('x'); return q?.plain ? 'text' : { statusCode: 'two hundred' }; };");
    const slow = await deployFunction('slow', 'export const handler = () => new Promise((resolve) => setTimeout(() => resolve({ statusCode: 200 }), 400));');
    const authorise = await deployFunction('authorise', `
      let calls = 0;
      export const handler = async ({ authorizationToken, methodArn }) => {
        calls += 1;
        const who = authorizationToken.replace('Bearer ', '');
        if (who === 'stranger') throw new Error('Unauthorized');
        if (who === 'broken') throw new Error('boom');
        if (who === 'malformed') return { principalId: 1 };
        const Resource = methodArn.split('/').slice(0, 2).join('/') + '/*';
        const Statement = [{ Action: 'execute-api:Invoke', Effect: 'Allow', Resource: who === 'limited' ? Resource.replace('*', 'GET/events') : Resource }];
        if (who === 'denied') Statement.push({ Action: 'execute-api:Invoke', Effect: 'Deny', Resource: '*' });
        return { principalId: who, policyDocument: { Version: '2012-10-17', Statement }, context: { accountId: 'acc_1', calls, admin: true } };
      };`);
    const unpermitted = await platform.deploy('unpermitted', 'export const handler = async () => ({ statusCode: 200 });');

    const { id: authorizerId } = await client.send(new CreateAuthorizerCommand({ restApiId, name: 'who', type: 'TOKEN', authorizerUri: uri(authorise), identitySource: 'method.request.header.Authorization', identityValidationExpression: '^[Bb]earer [^ ]+$', authorizerResultTtlInSeconds: 300 }));
    const { id: requestValidatorId } = await client.send(new CreateRequestValidatorCommand({ restApiId, validateRequestParameters: true }));
    await addMethod('/events', 'GET', echo);
    await addMethod('/events', 'POST', echo);
    await addMethod('/events/{eventId}', 'GET', echo, { operationName: 'getEvent' });
    await addMethod('/events/mine', 'GET', echo);
    await addMethod('/files/{proxy+}', 'ANY', echo);
    await addMethod('/broken', 'GET', broken);
    await addMethod('/slow', 'GET', slow);
    await addMethod('/asked', 'GET', unpermitted);
    await addMethod('/secret', 'GET', echo, { authorizationType: 'CUSTOM', authorizerId });
    await addMethod('/required', 'GET', echo, { requestValidatorId, requestParameters: { 'method.request.querystring.at': true } });
    const options = { restApiId, resourceId: ids['/events'], httpMethod: 'OPTIONS' };
    await client.send(new PutMethodCommand({ ...options, authorizationType: 'NONE' }));
    await client.send(new PutMethodResponseCommand({ ...options, statusCode: '204', responseParameters: { 'method.response.header.Access-Control-Allow-Origin': true } }));
    await client.send(new PutIntegrationCommand({ ...options, type: 'MOCK', requestTemplates: { 'application/json': '{ statusCode: 200 }' } }));
    await client.send(new PutIntegrationResponseCommand({ ...options, statusCode: '204', responseParameters: { 'method.response.header.Access-Control-Allow-Origin': "'*'" } }));
    await client.send(new PutGatewayResponseCommand({ restApiId, responseType: 'THROTTLED', statusCode: '429', responseParameters: { 'gatewayresponse.header.Content-Type': "'application/problem+json'" }, responseTemplates: { 'application/json': '{"title":"slow down","detail":$context.error.messageString,"requestId":"$context.requestId"}' } }));
    const format = '{"id":"$context.requestId","status":"$context.status","path":"$context.resourcePath"}';
    await client.send(new CreateStageCommand({ restApiId, stageName: 'v1', deploymentId: await deploy() }));
    await client.send(new UpdateStageCommand({ restApiId, stageName: 'v1', patchOperations: [{ op: 'replace', path: '/accessLogSettings/destinationArn', value: 'arn:aws:logs:us-east-1:123456789012:log-group:access' }, { op: 'replace', path: '/accessLogSettings/format', value: format }] }));
    base = `${(await service.listen(0)).url}/v1`;
  });
  afterAll(async () => {
    expect(failures).toEqual([]);
    client.destroy();
    await service.close();
    await platform.close();
  });

  it('hands a function the event of the proxy integration', async () => {
    const { status, headers, cookies, json } = await call('/events/evt_1?a=1&a=2&b=x%20y', { headers: { 'X-Custom': 'Value', 'User-Agent': 'test' } });

    const event = json();
    expect([status, headers['x-made'], headers['content-type'], cookies]).toEqual([200, 'here', 'application/json', ['a=1', 'b=2']]);
    expect(headers['x-amzn-requestid']).toBe(event.requestContext.requestId);
    expect(event).toMatchObject({
      resource: '/events/{eventId}', path: '/events/evt_1', httpMethod: 'GET', pathParameters: { eventId: 'evt_1' }, queryStringParameters: { a: '2', b: 'x y' },
      multiValueQueryStringParameters: { a: ['1', '2'], b: ['x y'] }, stageVariables: null, body: null, isBase64Encoded: false,
      requestContext: { resourcePath: '/events/{eventId}', operationName: 'getEvent', httpMethod: 'GET', path: '/v1/events/evt_1', stage: 'v1', apiId: restApiId, accountId: '123456789012', protocol: 'HTTP/1.1', identity: { sourceIp: '127.0.0.1', userAgent: 'test' } },
    });
    expect(Object.entries(event.headers as object).find(([name]) => name.toLowerCase() === 'x-custom')?.[1]).toBe('Value');
    expect(event.requestContext).not.toHaveProperty('authorizer');
  });

  it('hands over bodies, and chooses the most exact resource', async () => {
    const posted = (await call('/events', { method: 'POST', body: '{"name":"Opening"}' })).json();
    const paths = await Promise.all(['/events/mine', '/files/a/b%20c.txt'].map(async (path) => (await call(path)).json()));

    expect(posted).toMatchObject({ body: '{"name":"Opening"}', queryStringParameters: null, pathParameters: null });
    expect(paths.map(({ resource, pathParameters }) => [resource, pathParameters])).toEqual([['/events/mine', null], ['/files/{proxy+}', { proxy: 'a/b c.txt' }]]);
  });

  test.each([
    ['an unknown path', '/nowhere', 403, 'Missing Authentication Token'],
    ['a function that throws', '/broken?throw=1', 502, 'Internal server error'],
    ['an answer that is no object', '/broken?plain=1', 502, 'Internal server error'],
    ['an answer without a status', '/broken', 502, 'Internal server error'],
    ['a function that takes too long', '/slow', 504, 'Endpoint request timed out'],
    ['a function that it may not call', '/asked', 500, 'Internal server error'],
    ['a missing required parameter', '/required', 400, 'Missing required request parameters: [at]'],
    ['a missing token', '/secret', 401, 'Unauthorized'],
  ])('answers %s itself', async (_what, path, status, message) => {
    const answer = await call(path);

    expect([answer.status, answer.json()]).toEqual([status, { message }]);
  });

  it('answers an unknown stage with 403', async () => {
    const response = await fetch(`${base.replace('/v1', '')}/v2/events`);

    expect([response.status, await response.json()]).toEqual([403, { message: 'Forbidden' }]);
  });

  it('asks the authoriser once for a token, and passes its context on', async () => {
    const first = (await call('/secret', asAda)).json();
    const second = (await call('/secret', asAda)).json();

    expect(first.requestContext.authorizer).toMatchObject({ principalId: 'ada', accountId: 'acc_1', admin: 'true' });
    expect(second.requestContext.authorizer.calls).toBe(first.requestContext.authorizer.calls);
  });

  test.each([
    ['stranger', 401, 'Unauthorized'],
    ['limited', 403, 'User is not authorized to access this resource'],
    ['denied', 403, 'User is not authorized to access this resource with an explicit deny'],
    ['broken', 500, null],
    ['malformed', 500, null],
    ['two words', 401, 'Unauthorized'],
  ])('refuses the caller %s', async (who, status, message) => {
    const answer = await call('/secret', { headers: { Authorization: `Bearer ${who}` } });

    expect([answer.status, answer.json()]).toEqual([status, { message }]);
  });

  it('answers a preflight without a function', async () => {
    const { status, headers, text } = await call('/events', { method: 'OPTIONS' });

    expect([status, headers['access-control-allow-origin'], text]).toEqual([204, '*', '']);
  });

  it('refuses bodies over 10 MB and headers over 10 kB', async () => {
    const large = await call('/events', { method: 'POST', body: Buffer.alloc(10_485_761) });
    const port = Number(new URL(base).port);
    const status = await new Promise<string>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => socket.write(`GET /v1/events HTTP/1.1\r\nHost: x\r\nX-Long: ${'x'.repeat(11_000)}\r\n\r\n`));
      socket.on('data', (data) => resolve(data.toString().split('\r\n')[0] ?? ''));
      socket.on('error', () => undefined);
    });

    expect([large.status, status]).toEqual([413, 'HTTP/1.1 431 Request Header Fields Too Large']);
  });

  it('writes the access log in the format of the stage', async () => {
    const { headers } = await call('/events');

    const lines = platform.logs.filter(({ logGroupName }) => logGroupName === 'access').map(({ message }) => message);
    expect(lines).toContain(`{"id":"${headers['x-amzn-requestid']}","status":"200","path":"/events"}`);
  });

  it('throttles a stage, in the words of the API', async () => {
    const throttle = (rate: string, burst: string) => client.send(new UpdateStageCommand({ restApiId, stageName: 'v1', patchOperations: [{ op: 'replace', path: '/~1events/GET/throttling/rateLimit', value: rate }, { op: 'replace', path: '/~1events/GET/throttling/burstLimit', value: burst }] }));
    await throttle('0', '2');

    const answers = [await call('/events'), await call('/events'), await call('/events'), await call('/events/mine')];
    await throttle('1000', '1000');

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 429, 200]);
    expect(answers[2]!.headers['content-type']).toBe('application/problem+json');
    expect(answers[2]!.json()).toEqual({ title: 'slow down', detail: 'Too Many Requests', requestId: answers[2]!.headers['x-amzn-requestid'] });
  });

  it('serves the snapshot that the stage points to', async () => {
    await addResource('/', 'later');
    await addMethod('/later', 'GET', await deployFunction('later', "export const handler = async () => ({ statusCode: 200, body: 'new' });"));

    const before = await call('/later');
    await client.send(new UpdateStageCommand({ restApiId, stageName: 'v1', patchOperations: [{ op: 'replace', path: '/deploymentId', value: await deploy() }] }));
    const after = await call('/later');

    expect([before.status, after.status, after.text]).toEqual([403, 200, 'new']);
    expect((await client.send(new GetStageCommand({ restApiId, stageName: 'v1' }))).methodSettings).toHaveProperty(['events/GET', 'throttlingBurstLimit']);
  });

  it('rejects what it does not do', async () => {
    const key = { restApiId, resourceId: ids['/required'], httpMethod: 'PUT' };
    await client.send(new PutMethodCommand({ ...key, authorizationType: 'NONE' }));

    await expect(client.send(new PutIntegrationCommand({ ...key, type: 'HTTP_PROXY', uri: 'http://x' }))).rejects.toMatchObject({ name: 'BadRequestException', message: expect.stringContaining('HTTP_PROXY is not supported') });
    await expect(client.send(new PutMethodCommand({ ...key, httpMethod: 'GET', authorizationType: 'AWS_IAM' }))).rejects.toMatchObject({ name: 'BadRequestException' });
    await expect(client.send(new CreateResourceCommand({ restApiId, parentId: ids['/'], pathPart: 'events' }))).rejects.toMatchObject({ name: 'ConflictException' });
    await expect(client.send(new CreateResourceCommand({ restApiId: 'absent', parentId: 'x', pathPart: 'y' }))).rejects.toMatchObject({ name: 'NotFoundException' });
    await expect(client.send(new CreateDeploymentCommand({ restApiId }))).rejects.toMatchObject({ name: 'BadRequestException', message: 'No integration defined for method' });
  });
});
