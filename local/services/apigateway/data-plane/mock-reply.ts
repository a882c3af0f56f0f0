import type { Integration } from '@aws-sdk/client-api-gateway';
import type { Exchange, GatewayReply } from './exchange.ts';
import { chooseTemplate, mappedHeaders } from './fault-reply.ts';
import { GatewayFault } from './gateway-fault.ts';
import { renderTemplate } from './template.ts';

/**
 * What a MOCK integration answers: its request template names a status, and an integration response is chosen by it.
 * @throws GatewayFault 500 when no response fits.
 */
export const mockReply = (integration: Integration, exchange: Exchange): GatewayReply => {
  const template = Object.values(integration.requestTemplates ?? {})[0] ?? '';
  const status = /"?statusCode"?\s*:\s*"?(\d{3})/u.exec(template)?.[1];
  const responses = Object.values(integration.integrationResponses ?? {});
  const chosen = responses.find(({ selectionPattern: pattern }) => pattern !== undefined && pattern !== '' && new RegExp(`^(?:${pattern})$`, 'u').test(status ?? ''))
    ?? responses.find(({ selectionPattern: pattern }) => pattern === undefined || pattern === '');
  if (status === undefined || chosen?.statusCode === undefined) throw new GatewayFault('API_CONFIGURATION_ERROR');
  const [type, text] = chooseTemplate(chosen.responseTemplates ?? {}, exchange) ?? ['application/json', ''];
  return {
    status: Number(chosen.statusCode),
    headers: [['Content-Type', type], ...mappedHeaders(chosen.responseParameters, 'method.response.header.', exchange)],
    body: Buffer.from(renderTemplate(text, exchange.variables, exchange.stage.variables)),
  };
};
