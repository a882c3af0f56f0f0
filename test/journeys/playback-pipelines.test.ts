import { MediaLiveClient, paginateListChannels, RestartChannelPipelinesCommand } from '@aws-sdk/client-medialive';
import { logPageSchema } from '../../lambda/contract/api/log.ts';
import { startKeyServer, type KeyServer } from '../../local/services/keyserver/key-server.ts';
import { describeInBrowser } from '../support/browser/describe-in-browser.ts';
import { type PlayerPage } from '../support/browser/player-page.ts';
import { openScreeningRoom, type ScreeningRoom } from '../support/browser/screening-room.ts';
import { playedOn, started } from '../support/browser/viewing.ts';
import { bodyOf } from '../support/journeys/api-client.ts';
import { anAccount, type AccountCast } from '../support/journeys/cast.ts';
import { aShowOnAir, type ShowOnAir } from '../support/journeys/on-air.ts';
import { openStage } from '../support/journeys/open-stage.ts';
import { answerOnce } from '../support/journeys/plans.ts';
import { ownSources, type JourneyPipeline } from '../support/journeys/pipelines.ts';
import type { StageDriver } from '../support/journeys/stage-driver.ts';

jest.setTimeout(180_000);

const inputs = { network: { type: 'PUBLIC', allowedSources: ownSources } };
const rotationSeconds = 10;

const pipelinesWith = (keyServerUrl: string): readonly [JourneyPipeline, JourneyPipeline] => [
  { id: 'pl_twice', name: 'Two encoders, fed over RTP', kind: 'PRO', ladder: 'small', channelClass: 'STANDARD', inputs: { type: 'RTP_PUSH', ...inputs }, formats: { HLS: { segmentSeconds: 4 }, DASH: { segmentSeconds: 4 } } },
  {
    id: 'pl_encrypted', name: 'Encrypted', kind: 'PRO', ladder: 'small', inputs, formats: { HLS: { segmentSeconds: 2 } },
    encryption: { keyServerUrl, resourceId: 'show', HLS: { method: 'AES_128', keyRotationSeconds: rotationSeconds } },
  },
];

/** So that a pipeline that is restarted is down for two seconds, long enough to be missed. */
const timeScale = 15;

describeInBrowser('shows on other pipelines in a browser', () => {
  let keyServer: KeyServer;
  let stage: StageDriver;
  let harbour: AccountCast;
  let room: ScreeningRoom;
  let show: ShowOnAir;
  let players: PlayerPage[] = [];
  const opened: { close(): Promise<void> }[] = [];

  /** Given a show on a pipeline that has been on air for a while. */
  const onAir = async (...[pipelineId, picture]: [string, Parameters<typeof aShowOnAir>[2]?]): Promise<void> => {
    show = await aShowOnAir(harbour, pipelineId, picture);
    await room.underWay(show);
  };

  const open = async (format: 'HLS' | 'DASH'): Promise<PlayerPage> => {
    const player = await room.open(show, format);
    players.push(player);
    return player;
  };

  beforeAll(async () => {
    keyServer = await startKeyServer({ secret: 'of the show' });
    opened.push(keyServer);
    stage = await openStage({ pipelines: pipelinesWith(keyServer.url), timeScale });
    opened.push(stage);
    harbour = await anAccount(stage);
    room = await openScreeningRoom(harbour.viewer);
    opened.push(room);
  });

  afterEach(async () => {
    await Promise.all(players.map((player) => player.close()));
    players = [];
    await show.stop();
  });

  afterAll(async () => {
    for (const one of opened.toReversed()) await one.close();
  });

  it('goes on playing when one of two pipelines dies', async () => {
    await onAir('pl_twice');
    const watching = [await open('HLS'), await open('DASH')];
    const before = await Promise.all(watching.map(started));

    await restartFirstPipeline(stage);
    const after = await Promise.all(watching.map((player, index) => playedOn(player, before[index]!, 20)));

    for (const playback of after) expect(playback).toMatchObject({ stalls: [], errors: [] });
  });

  it('decrypts through rotations of the key and faults of its server', async () => {
    await onAir('pl_encrypted');
    const player = await open('HLS');
    const first = await started(player);

    const rotated = await playedOn(player, first, 1.2 * rotationSeconds);
    const answered = keyServer.requests.length;
    keyServer.behave('garbage');
    const bridged = await playedOn(player, rotated, 1.2 * rotationSeconds);
    keyServer.behave('well');
    const playback = await playedOn(player, bridged, rotationSeconds / 2);

    expect(playback).toMatchObject({ stalls: [], errors: [] });
    expect(answered).toBeGreaterThanOrEqual(2);
    expect(keyServer.requests.length).toBeGreaterThan(answered);

    // Without a server the last key stays. A player that has not had it yet can only wait, and plays on when the server is back.
    keyServer.behave('down');
    await answerOnce('the failing key server in the log of the show', 30, async () =>
      (await keyProviderMessages(harbour, show)).find((message) => message.includes(`the key server ${new URL(keyServer.url).origin}`)));
    keyServer.behave('well');
    expect((await playedOn(player, playback, 1.2 * rotationSeconds)).errors).toEqual([]);
  });
});

/** Takes the first pipeline of the stage's STANDARD channel down for a while. */
const restartFirstPipeline = async ({ aws }: StageDriver): Promise<void> => {
  const client = new MediaLiveClient(aws);
  for await (const { Channels = [] } of paginateListChannels({ client }, {})) {
    const channel = Channels.find(({ ChannelClass }) => ChannelClass === 'STANDARD');
    if (channel) await client.send(new RestartChannelPipelinesCommand({ ChannelId: channel.Id, PipelineIds: ['PIPELINE_0'] }));
  }
  client.destroy();
};

const keyProviderMessages = async ({ producer }: AccountCast, { breakoutId }: ShowOnAir): Promise<readonly string[]> => {
  const { items } = bodyOf(await producer.get(`/breakouts/${breakoutId}/log?type=ALERT&limit=100`), 200, logPageSchema);
  return items.filter(({ alertType }) => alertType === 'packager KeyProviderError').map(({ message }) => message);
};
