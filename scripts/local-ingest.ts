import { ingestBodySchema, type IngestBody } from '../lambda/contract/api/breakouts.ts';
import type { RestClient } from './demo/rest-client.ts';

/** A local stage takes RTMP in the place of RTMPS: it has no certificate. */
const inTheClear = (url: string): string => url.replace(/^rtmps:/, 'rtmp:');

/** Where encoders on this machine push a show to. A Cam pipeline's stream key is there once the show runs. */
export const localIngest = async (producer: RestClient, breakoutId: string): Promise<IngestBody['endpoints']> => {
  const { endpoints } = ingestBodySchema.parse(await producer.get(`/breakouts/${breakoutId}/ingest`));
  return endpoints.map(({ server, ...endpoint }) => ({ ...endpoint, url: inTheClear(endpoint.url), ...(server === undefined ? {} : { server: inTheClear(server) }) }));
};
