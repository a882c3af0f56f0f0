import { z } from 'zod';
import type { GatewayReply } from './exchange.ts';
import { GatewayFault } from './gateway-fault.ts';

const scalar = z.union([z.string(), z.number(), z.boolean()]).transform(String);

const answerSchema = z.object({
  statusCode: z.union([z.int(), z.string().regex(/^\d{3}$/u).transform(Number)]).pipe(z.int().min(100).max(599)),
  headers: z.record(z.string(), scalar).nullish(),
  multiValueHeaders: z.record(z.string(), z.array(scalar)).nullish(),
  body: z.string().nullish(),
  isBase64Encoded: z.boolean().nullish(),
});

// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html: headers that are remapped
const remapped = ['connection', 'content-length', 'date', 'host', 'server', 'www-authenticate', 'transfer-encoding', 'upgrade', 'trailer', 'te'];

const named = ([name, value]: readonly [string, string]): readonly [string, string] => [remapped.includes(name.toLowerCase()) ? `x-amzn-Remapped-${name}` : name, value];

/**
 * What a function's answer becomes.
 * @throws GatewayFault 502 when the answer is not of the proxy integration's form.
 */
export const proxyReply = (payload: string): GatewayReply => {
  const answer = answerSchema.safeParse(JSON.parse(payload));
  if (!answer.success) throw new GatewayFault('DEFAULT_5XX');
  const { statusCode, headers, multiValueHeaders, body, isBase64Encoded } = answer.data;
  const many = Object.entries(multiValueHeaders ?? {}).flatMap(([name, values]) => values.map((value): readonly [string, string] => [name, value]));
  const single = Object.entries(headers ?? {}).filter(([name]) => !many.some(([other]) => other.toLowerCase() === name.toLowerCase()));
  const sent = [...single, ...many].map(named);
  const hasType = sent.some(([name]) => name.toLowerCase() === 'content-type');
  return { status: statusCode, headers: hasType ? sent : [['Content-Type', 'application/json'], ...sent], body: Buffer.from(body ?? '', isBase64Encoded ? 'base64' : 'utf8') };
};
