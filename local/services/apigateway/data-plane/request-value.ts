import { headerValues, queryPairs, type Exchange } from './exchange.ts';

/** What an expression selects of a request: `method.request.header.X`, `method.request.querystring.x`, `context.x` or `stageVariables.x`. */
export const requestValue = (expression: string, { request, variables, stage }: Pick<Exchange, 'request' | 'variables' | 'stage'>): string | undefined => {
  const [, place = '', name = ''] = /^(method\.request\.header|method\.request\.querystring|context|stageVariables)\.(.+)$/u.exec(expression) ?? [];
  switch (place) {
    case 'method.request.header':
      return headerValues(request, name)[0];
    case 'method.request.querystring':
      return queryPairs(request).find(([each]) => each === name)?.[1];
    case 'context':
      return variables.get(name);
    case 'stageVariables':
      return stage.variables?.[name];
    default:
      return undefined;
  }
};
