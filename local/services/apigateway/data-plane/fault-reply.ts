import { headerValues, type Exchange, type GatewayReply } from './exchange.ts';
import type { GatewayFault } from './gateway-fault.ts';
import { requestValue } from './request-value.ts';
import { renderTemplate } from './template.ts';

const standardTemplates = { 'application/json': '{"message":$context.error.messageString}' };

/** The value of a parameter mapping: a quoted literal, or a part of the request. */
const mapped = (expression: string, exchange: Exchange): string | undefined => /^'([^]*)'$/u.exec(expression)?.[1] ?? requestValue(expression, exchange);

/** Headers that parameter mappings of the given prefix make: `gatewayresponse.header.` or `method.response.header.`. */
export const mappedHeaders = (parameters: Readonly<Record<string, string>> | undefined, prefix: string, exchange: Exchange): [string, string][] =>
  Object.entries(parameters ?? {}).flatMap(([target, expression]) => {
    const value = target.startsWith(prefix) ? mapped(expression, exchange) : undefined;
    return value === undefined ? [] : [[target.slice(prefix.length), value]];
  });

/** The template for what the caller accepts, else for JSON, else the first. */
export const chooseTemplate = (templates: Readonly<Record<string, string>>, exchange: Exchange): readonly [string, string] | undefined => {
  const accepted = headerValues(exchange.request, 'accept').join(',');
  const entries = Object.entries(templates);
  return entries.find(([type]) => accepted.includes(type)) ?? entries.find(([type]) => type === 'application/json') ?? entries[0];
};

/** The gateway's own answer, in the words that the API gives it: of its type, else of its class, else AWS's. */
export const faultReply = (fault: GatewayFault, exchange: Exchange): GatewayReply => {
  const { definition, variables, stage } = exchange;
  const custom = definition.gatewayResponses[fault.type] ?? definition.gatewayResponses[fault.status < 500 ? 'DEFAULT_4XX' : 'DEFAULT_5XX'];
  variables.set('error.message', fault.text ?? '');
  variables.set('error.messageString', JSON.stringify(fault.text));
  variables.set('error.responseType', fault.type);
  const templates = custom?.responseTemplates && Object.keys(custom.responseTemplates).length > 0 ? custom.responseTemplates : standardTemplates;
  const [type, template] = chooseTemplate(templates, exchange) ?? ['application/json', ''];
  const headers = mappedHeaders(custom?.responseParameters, 'gatewayresponse.header.', exchange);
  const hasType = headers.some(([name]) => name.toLowerCase() === 'content-type');
  return {
    status: custom?.statusCode === undefined ? fault.status : Number(custom.statusCode),
    headers: [['x-amzn-ErrorType', fault.errorType], ...(hasType ? [] : [['Content-Type', type] as const]), ...headers],
    body: Buffer.from(renderTemplate(template, variables, stage.variables)),
  };
};
