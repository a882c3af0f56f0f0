import { GetChannelCommand, GetStreamKeyCommand, ListChannelsCommand, ListStreamKeysCommand, ListStreamSessionsCommand, type IvsClient, type StreamSessionSummary } from '@aws-sdk/client-ivs';
import { type IngestBody, ingestBodySchema } from '../../../lambda/contract/api/breakouts.ts';
import { healthBodySchema, type HealthBody } from '../../../lambda/contract/api/health.ts';
import { type LiveShowBody, livePageSchema } from '../../../lambda/contract/api/live.ts';
import { type LogEntryBody, logPageSchema } from '../../../lambda/contract/api/log.ts';
import { playbackBodySchema } from '../../../lambda/contract/api/playback.ts';
import type { RecordingBody } from '../../../lambda/contract/api/recordings.ts';
import { accountUsageSchema, breakoutUsageSchema } from '../../../lambda/contract/api/usage.ts';
import { type ApiClient, bodyOf } from './api-client.ts';
import type { AccountCast } from './cast.ts';
import { nanoUsd } from './nano-usd.ts';
import { answerOnce } from './plans.ts';
import { recordingOf } from './recordings.ts';
import type { StageDriver } from './stage-driver.ts';

export const endpointsOf = async (client: ApiClient, breakoutId: string): Promise<IngestBody['endpoints']> =>
  bodyOf(await client.get(`/breakouts/${breakoutId}/ingest`), 200, ingestBodySchema).endpoints;

export const healthOf = async (client: ApiClient, breakoutId: string): Promise<HealthBody> => bodyOf(await client.get(`/breakouts/${breakoutId}/health`), 200, healthBodySchema);

const entriesOf = async (client: ApiClient, breakoutId: string): Promise<readonly LogEntryBody[]> =>
  bodyOf(await client.get(`/breakouts/${breakoutId}/log?limit=100`), 200, logPageSchema).items;

/** What a show's log says, as `INPUT ACQUIRED`. */
export const logOf = async (client: ApiClient, breakoutId: string): Promise<readonly string[]> => (await entriesOf(client, breakoutId)).map(({ type, name }) => `${type} ${name}`);

/** The health of a show once it tells the frames of its stream. */
export const healthWithFrames = (client: ApiClient, breakoutId: string): Promise<HealthBody> =>
  answerOnce('the stream', 60, async () => {
    const found = await healthOf(client, breakoutId);
    return typeof found.stream?.framesPerSecond === 'number' ? found : undefined;
  });

/** What runs now, once a camera's stream is among it. */
export const cameraRunsOnce = (client: ApiClient): Promise<readonly LiveShowBody[]> =>
  answerOnce('the camera in what runs now', 30, async () => {
    const { items } = bodyOf(await client.get('/live'), 200, livePageSchema);
    return items.some(({ inputs }) => inputs.some(({ name, state }) => name === 'camera' && state === 'ARRIVING')) ? items : undefined;
  });

/** What a show's log has once these alerts are in it, and the loss of a stream. */
export const entriesWithAlerts = (client: ApiClient, breakoutId: string, alerts: readonly string[]): Promise<readonly LogEntryBody[]> =>
  answerOnce('what went amiss', 30, async () => {
    const items = await entriesOf(client, breakoutId);
    return alerts.every((alert) => items.some(({ alertType }) => alertType === alert)) && items.some(({ name }) => name === 'LOST') ? items : undefined;
  });

/** A viewer's URL of the stream. */
export const streamUrlOf = async (viewer: ApiClient, breakoutId: string): Promise<URL> =>
  new URL(bodyOf(await viewer.post(`/breakouts/${breakoutId}/playback`), 201, playbackBodySchema).endpoints[0]!.url);

/** The channel of a stage's pipeline. */
export const channelArnOf = async (ivs: IvsClient, { name }: Pick<StageDriver, 'name'>, pipelineId: string): Promise<string> =>
  (await ivs.send(new ListChannelsCommand({ filterByName: `${name}-${pipelineId}` }))).channels![0]!.arn!;

/** What IVS lists of a pipeline's streams, the newest first. */
export const sessionsOf = async (ivs: IvsClient, stage: Pick<StageDriver, 'name'>, pipelineId: string): Promise<readonly StreamSessionSummary[]> =>
  (await ivs.send(new ListStreamSessionsCommand({ channelArn: await channelArnOf(ivs, stage, pipelineId) }))).streamSessions ?? [];

/** The tags of a channel, and of its one stream key. */
export const tagsOnChannelAndKey = async (ivs: IvsClient, channelArn: string): Promise<readonly (Readonly<Record<string, string>> | undefined)[]> => {
  const { channel } = await ivs.send(new GetChannelCommand({ arn: channelArn }));
  const { streamKeys = [] } = await ivs.send(new ListStreamKeysCommand({ channelArn }));
  const { streamKey } = await ivs.send(new GetStreamKeyCommand({ arn: streamKeys[0]!.arn! }));
  return [channel?.tags, streamKey?.tags];
};

/** The recording of a show, once nothing is made of it any more. */
export const finishedRecording = (client: ApiClient, breakoutId: string): Promise<RecordingBody> =>
  answerOnce('the end of the recording', 90, async () => {
    const now = await recordingOf(client, breakoutId);
    return now === undefined || now.status === 'PROCESSING' ? undefined : now;
  });

/** The usage of an account's only shows, of which the first is converted, and of the account. Profiles are measured several times: what is read together belongs together. */
export const usageThatSums = ({ producer, accountId }: AccountCast, breakoutIds: readonly [string, string]) =>
  answerOnce('usage that sums', 60, async () => {
    const [one, other] = await Promise.all(breakoutIds.map(async (breakoutId) => bodyOf(await producer.get(`/breakouts/${breakoutId}/usage`), 200, breakoutUsageSchema)));
    const all = bodyOf(await producer.get(`/accounts/${accountId}/usage`), 200, accountUsageSchema);
    const isMeasured = one!.categories.conversion !== null && [one!, other!].every(({ status }) => status === 'PROVISIONAL' || status === 'FINAL');
    return isMeasured && nanoUsd(all.totalUsd) === nanoUsd(one!.totalUsd) + nanoUsd(other!.totalUsd) ? ([one!, other!, all] as const) : undefined;
  });
