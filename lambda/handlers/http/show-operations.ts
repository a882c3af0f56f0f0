import { changePipelineBodySchema, emptyBodySchema, extendBreakoutBodySchema, switchInputBodySchema } from '../../contract/api/breakouts.ts';
import { abortBreakout } from '../../domain/breakouts/abort-breakout.ts';
import type { Breakout } from '../../domain/breakouts/breakout.ts';
import type { BreakoutStore } from '../../domain/breakouts/breakout-store.ts';
import { changePipeline, type ChangePipelineDeps } from '../../domain/breakouts/change-pipeline.ts';
import { extendBreakout } from '../../domain/breakouts/extend-breakout.ts';
import { resetBreakout, type ResetBreakoutDeps } from '../../domain/breakouts/reset-breakout.ts';
import { startBreakout } from '../../domain/breakouts/start-breakout.ts';
import { stopBreakout } from '../../domain/breakouts/stop-breakout.ts';
import { switchInput, type SwitchInputDeps } from '../../domain/breakouts/switch-input.ts';
import { parseBody } from '../../platform/http/parse.ts';
import { type ApiRequest, param, requestName } from '../../platform/http/request.ts';
import { etag, json } from '../../platform/http/response.ts';
import type { OperationHandler } from '../../platform/http/rest-handler.ts';
import { breakoutBody } from './views.ts';

/** What the operations on shows need. */
export interface ShowOperationDeps extends ChangePipelineDeps, ResetBreakoutDeps, SwitchInputDeps {
  readonly breakouts: BreakoutStore;
  readonly events: ChangePipelineDeps['events'];
  readonly pipelines: ChangePipelineDeps['pipelines'];
  readonly holds: ChangePipelineDeps['holds'];
}

const answer = (statusCode: number, breakout: Breakout) => json(statusCode, breakoutBody(breakout), etag(breakout.revision));

const showOf = (request: ApiRequest) => ({ caller: request.caller, breakoutId: param(request, 'breakoutId') });

/** An operation without a body that answers the show. */
const steering =
  (statusCode: number, useCase: (show: ReturnType<typeof showOf>) => Promise<Breakout>): OperationHandler =>
  async (request) => {
    parseBody(emptyBodySchema, request.body);
    return answer(statusCode, await useCase(showOf(request)));
  };

/** The operations that start, stop and steer shows; 202 = the show is on its way to what was asked for. */
export const showOperations = (deps: ShowOperationDeps) =>
  ({
    startBreakout: steering(202, startBreakout(deps)),
    stopBreakout: steering(202, stopBreakout(deps)),
    abortBreakout: steering(202, abortBreakout(deps)),
    resetBreakout: steering(200, resetBreakout(deps)),
    extendBreakout: async (request) => {
      const body = parseBody(extendBreakoutBodySchema, request.body);
      return answer(200, await extendBreakout(deps)({ ...showOf(request), ...body }));
    },
    changePipeline: async (request) => {
      const body = parseBody(changePipelineBodySchema, request.body);
      return answer(202, await changePipeline(deps)({ ...showOf(request), ...body }));
    },
    switchInput: async (request) => {
      const body = parseBody(switchInputBodySchema, request.body);
      return answer(202, await switchInput(deps)({ ...showOf(request), ...body, requestId: requestName(request) }));
    },
  }) satisfies Record<string, OperationHandler>;
