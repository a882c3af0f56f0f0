import { readdirSync, readFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { demoServices } from '../../support/gateway/demo-services.ts';
import { type LocalGateway, startGateway } from '../../support/gateway/local-gateway.ts';

/** What the AWS CLI (botocore, which shares no code with the SDK) sent, what it was answered, and what it made of the answer. */
interface Exchange {
  readonly operation?: string;
  readonly input?: object;
  readonly request: { readonly method: string; readonly path: string; readonly headers: Record<string, string>; readonly body: string };
  readonly response: { readonly status: number; readonly contentType: string; readonly body: string };
  readonly requestId: string;
}

const folder = join(import.meta.dirname, 'recorded');
const exchanges = readdirSync(folder).map((name) => [name.replace('.json', ''), JSON.parse(readFileSync(join(folder, name), 'utf8')) as Exchange] as const);

const demo = demoServices();
let gateway: LocalGateway;

beforeAll(async () => {
  gateway = await startGateway({ services: demo.services });
});

afterAll(() => gateway.close());

const replay = ({ method, path, headers, body }: Exchange['request']) =>
  new Promise<{ status: number | undefined; contentType: string | undefined; requestId: string; body: Buffer }>((resolve, reject) => {
    const call = request(new URL(path, gateway.settings.endpoint), { method, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve({ status: response.statusCode, contentType: response.headers['content-type'], requestId: String(response.headers['x-amzn-requestid']), body: Buffer.concat(chunks) }));
    });
    call.on('error', reject);
    call.end(Buffer.from(body, 'base64'));
  });

const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

it.each(exchanges)('reads and answers %s as the AWS CLI understood it', async (_name, exchange) => {
  const answer = await replay(exchange.request);

  expect({ status: answer.status, contentType: answer.contentType }).toEqual({ status: exchange.response.status, contentType: exchange.response.contentType });
  expect(answer.body.toString('latin1').replaceAll(answer.requestId, 'id')).toBe(Buffer.from(exchange.response.body, 'base64').toString('latin1').replaceAll(exchange.requestId, 'id'));
  if (exchange.operation !== undefined) expect(asJson(demo.inputs[exchange.operation])).toEqual(exchange.input);
});

it('rejects an exchange whose body was changed on the way', async () => {
  const [, exchange] = exchanges.find(([name]) => name === 'query-create')!;
  const body = Buffer.from(Buffer.from(exchange.request.body, 'base64').toString().replace('RoleName=a', 'RoleName=b')).toString('base64');

  const answer = await replay({ ...exchange.request, body });

  expect(answer.status).toBe(403);
  expect(answer.body.toString()).toContain('<Code>SignatureDoesNotMatch</Code>');
});
