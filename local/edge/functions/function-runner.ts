import type { MetricSink } from '../../runtime/ports.ts';
import { type EdgeAnswer, errorAnswer } from '../edge-answer.ts';
import type { EdgeConfiguration, EdgeFunction } from '../edge-configuration.ts';
import { replaceHeaders } from '../header-list.ts';
import type { ViewerRequest } from '../viewer-request.ts';
import { type FunctionContext, viewerRequestEvent } from './function-event.ts';
import { readFunctionResult } from './function-result.ts';
import { runInSandbox } from './function-sandbox.ts';

/** Runs viewer-request functions. */
export interface FunctionRunner {
  /** The request as the function leaves it, or the answer that the viewer gets instead. */
  run(functionArn: string, context: FunctionContext, request: ViewerRequest): ViewerRequest | EdgeAnswer;
}

/** Where functions' console.log goes: one line of one run. */
export type FunctionLog = (functionName: string, requestId: string, line: string) => void;

/** A runner of the published functions. Failures answer 503, invalid results 502; each run is counted. */
export const createFunctionRunner = (configuration: EdgeConfiguration, metrics: MetricSink, log: FunctionLog): FunctionRunner => {
  const count = (name: string, { name: functionName }: EdgeFunction, distributionId: string): void => {
    const dimensions = { FunctionName: functionName, Region: 'Global' };
    metrics.record({ namespace: 'AWS/CloudFront', name, dimensions, value: 1 });
    metrics.record({ namespace: 'AWS/CloudFront', name, dimensions: { ...dimensions, DistributionId: distributionId }, value: 1 });
  };
  return {
    run: (functionArn, context, request) => {
      const edgeFunction = configuration.liveFunction(functionArn);
      if (!edgeFunction) return errorAnswer(503, 'FunctionExecutionError');
      const say = (line: string): void => log(edgeFunction.name, context.requestId, line);
      count('FunctionInvocations', edgeFunction, context.distributionId);
      const run = runInSandbox(edgeFunction, JSON.stringify(viewerRequestEvent(context, request)), say);
      if ('failure' in run) {
        say(`ERROR ${run.failure}`);
        count('FunctionExecutionErrors', edgeFunction, context.distributionId);
        return errorAnswer(503, 'FunctionExecutionError');
      }
      const result = readFunctionResult(request, JSON.parse(run.result));
      if (result.kind === 'request') return result.request;
      if (result.kind === 'response') {
        const { statusCode, headers, body } = result.response;
        const sized = statusCode === 204 || statusCode === 304 ? headers : replaceHeaders(headers, [['Content-Length', String(body.length)]]);
        return { status: statusCode, headers: sized, body, result: 'FunctionGeneratedResponse' };
      }
      say(`ERROR The function returned an invalid value: ${result.reason}`);
      count('FunctionValidationErrors', edgeFunction, context.distributionId);
      return errorAnswer(502, 'FunctionValidationError');
    },
  };
};
