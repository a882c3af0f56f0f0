import { jsonRpc } from './json-rpc.ts';
import type { Protocol, WireRequest } from './protocol.ts';
import { query } from './query.ts';
import { restJson } from './rest-json.ts';
import { restXml } from './rest-xml.ts';
import { rpcCbor } from './rpc-cbor.ts';

const isForm = ({ headers, query: parameters }: WireRequest): boolean =>
  headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true || parameters.has('Action');

/**
 * The protocol that a request speaks. Services that speak several (CloudWatch: JSON, query and CBOR) are told by the
 * request; REST has no mark of its own and is taken from the service.
 */
export const chooseProtocol = (request: WireRequest, serviceProtocol: string | undefined): Protocol => {
  if (request.headers['smithy-protocol'] === 'rpc-v2-cbor') return rpcCbor;
  if (request.headers['x-amz-target'] !== undefined) return jsonRpc;
  if (serviceProtocol === 'restJson1') return restJson;
  if (serviceProtocol === 'restXml') return restXml;
  if (isForm(request)) return query;
  return serviceProtocol === undefined || serviceProtocol === 'awsQuery' ? query : jsonRpc;
};
