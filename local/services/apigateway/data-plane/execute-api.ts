import { randomUUID } from 'node:crypto';
import type { LogSink, MetricSink } from '../../../runtime/ports.ts';
import type { ApiStage, ApiWorld } from '../api-definition.ts';
import { headerValues, type Exchange, type GatewayReply, type GatewayRequest } from './exchange.ts';
import { faultReply } from './fault-reply.ts';
import { GatewayFault } from './gateway-fault.ts';
import { handleRequest, type RequestHandling } from './handle-request.ts';
import { commonLogTime } from './proxy-event.ts';
import { renderTemplate } from './template.ts';

/** What the data plane needs. */
export interface ExecuteApiDependencies extends RequestHandling {
  readonly world: Pick<ApiWorld, 'stages' | 'deployments'>;
  readonly logs: LogSink;
  readonly metrics: MetricSink;
}

const forbidden: GatewayReply = { status: 403, headers: [['x-amzn-ErrorType', 'ForbiddenException'], ['Content-Type', 'application/json']], body: Buffer.from('{"message":"Forbidden"}') };

/** The stage that a path begins with; of several APIs with a stage of that name, the one whose id the host begins with. */
const stageOf = ({ stages }: Pick<ApiWorld, 'stages'>, request: GatewayRequest): ApiStage | undefined => {
  const name = request.path.split('/')[1];
  const candidates = [...stages.values()].filter(({ stageName }) => stageName === name);
  const host = headerValues(request, 'host')[0] ?? '';
  return candidates.find(({ apiId }) => host.startsWith(`${apiId}.`)) ?? candidates[0];
};

const contextVariables = (request: GatewayRequest, stage: ApiStage, requestId: string, receivedAt: number, accountId: string): Map<string, string> => new Map([
  ['requestId', requestId], ['apiId', stage.apiId], ['stage', stage.stageName], ['accountId', accountId], ['httpMethod', request.method], ['path', request.path], ['protocol', 'HTTP/1.1'],
  ['requestTime', commonLogTime(receivedAt)], ['requestTimeEpoch', String(receivedAt)], ['identity.sourceIp', request.sourceIp], ['identity.userAgent', headerValues(request, 'user-agent')[0] ?? '-'],
]);

const logAccess = ({ logs }: ExecuteApiDependencies, { stage, variables, receivedAt }: Exchange): void => {
  const { destinationArn, format } = stage.accessLogSettings ?? {};
  const logGroupName = /:log-group:([^:]+)/u.exec(destinationArn ?? '')?.[1];
  if (logGroupName !== undefined && format !== undefined) logs.write({ logGroupName, logStreamName: stage.stageName, message: renderTemplate(format, variables, stage.variables), at: receivedAt });
};

const measure = ({ metrics }: ExecuteApiDependencies, { definition, stage }: Exchange, status: number, latency: number): void => {
  const dimensions = { ApiName: definition.name, Stage: stage.stageName };
  const values = { Count: 1, '4XXError': status >= 400 && status < 500 ? 1 : 0, '5XXError': status >= 500 ? 1 : 0, Latency: latency };
  for (const [name, value] of Object.entries(values)) metrics.record({ namespace: 'AWS/ApiGateway', name, dimensions, value, unit: name === 'Latency' ? 'Milliseconds' : 'Count' });
};

/** Answers a request; never rejects for what callers or functions do. A request over its body limit is given as `tooLarge`. */
export const createExecuteApi = (dependencies: ExecuteApiDependencies) => {
  const { world, clock, accountId } = dependencies;
  const reply = async (exchange: Exchange, tooLarge: boolean): Promise<GatewayReply> => {
    try {
      if (tooLarge) throw new GatewayFault('REQUEST_TOO_LARGE');
      return await handleRequest(dependencies, exchange);
    } catch (fault) {
      if (fault instanceof GatewayFault) return faultReply(fault, exchange);
      throw fault;
    }
  };
  return async (request: GatewayRequest, tooLarge = false): Promise<GatewayReply> => {
    const [requestId, receivedAt] = [randomUUID(), clock.now()];
    const stage = stageOf(world, request);
    const definition = stage && world.deployments.get(`${stage.apiId}/${stage.deploymentId}`)?.definition;
    if (!stage || !definition) return { ...forbidden, headers: [...forbidden.headers, ['x-amzn-RequestId', requestId]] };
    const path = request.path.slice(stage.stageName.length + 1) || '/';
    const exchange: Exchange = { request, stage, definition, path, requestId, receivedAt, variables: contextVariables(request, stage, requestId, receivedAt, accountId) };
    const { status, headers, body } = await reply(exchange, tooLarge);
    const latency = clock.now() - receivedAt;
    for (const [name, value] of [['status', status], ['responseLength', body.length], ['responseLatency', latency]] as const) exchange.variables.set(name, String(value));
    logAccess(dependencies, exchange);
    measure(dependencies, exchange, status, latency);
    return { status, body, headers: [...headers, ['x-amzn-RequestId', requestId], ['x-amz-apigw-id', Buffer.from(requestId).toString('base64').slice(0, 16)]] };
  };
};

export type ExecuteApi = ReturnType<typeof createExecuteApi>;
