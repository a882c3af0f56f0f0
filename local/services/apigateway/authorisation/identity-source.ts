import type { Authorizer } from '@aws-sdk/client-api-gateway';
import type { Exchange } from '../data-plane/exchange.ts';
import { GatewayFault } from '../data-plane/gateway-fault.ts';
import { requestValue } from '../data-plane/request-value.ts';

/**
 * What identifies the caller to an authoriser, in the order of its sources; results are cached by it.
 * @throws GatewayFault 401 when one is missing, or a token is not of the form that the authoriser asks for.
 */
export const identityOf = (authorizer: Authorizer, exchange: Exchange): readonly string[] => {
  const sources = (authorizer.identitySource ?? '').split(',').map((source) => source.trim()).filter((source) => source !== '');
  return sources.map((source) => {
    const value = requestValue(source, exchange);
    const form = authorizer.identityValidationExpression;
    if (value === undefined || value === '') throw new GatewayFault('UNAUTHORIZED');
    if (authorizer.type === 'TOKEN' && form !== undefined && !new RegExp(form, 'u').test(value)) throw new GatewayFault('UNAUTHORIZED');
    return value;
  });
};
