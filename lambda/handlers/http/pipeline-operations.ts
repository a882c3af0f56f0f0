import type { PipelineRegistry } from '../../domain/pipelines/pipeline.ts';
import { getPipeline, listPipelines } from '../../domain/pipelines/read-pipelines.ts';
import type { PriceBookStore } from '../../domain/pricing/price-book.ts';
import { pageBody } from '../../platform/http/cursor.ts';
import { param } from '../../platform/http/request.ts';
import { json } from '../../platform/http/response.ts';
import type { OperationHandler } from '../../platform/http/rest-handler.ts';
import { pipelineBody } from './views.ts';

/** What the operations on pipelines need. */
export interface PipelineOperationDeps {
  readonly pipelines: PipelineRegistry;
  readonly books: Pick<PriceBookStore, 'latest'>;
  readonly pricedRegion: string;
}

/** The operations on pipelines, which are declared elsewhere and read here. */
export const pipelineOperations = (deps: PipelineOperationDeps) =>
  ({
    listPipelines: async ({ caller }) => {
      const [items, book] = await Promise.all([listPipelines(deps)(caller), deps.books.latest(deps.pricedRegion)]);
      return json(200, pageBody({ items }, (pipeline) => pipelineBody(pipeline, book)));
    },
    getPipeline: async (request) => {
      const [pipeline, book] = await Promise.all([
        getPipeline(deps)(request.caller, param(request, 'pipelineId')),
        deps.books.latest(deps.pricedRegion),
      ]);
      return json(200, pipelineBody(pipeline, book));
    },
  }) satisfies Record<string, OperationHandler>;
