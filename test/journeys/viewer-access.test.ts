import { CloudFrontClient, ListDistributionsCommand } from '@aws-sdk/client-cloudfront';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Browser } from 'playwright-core';
import { cookieKeySecretName } from '../../lambda/contract/viewer-cookies.ts';
import { curtainAnswerSchema, playbackBodySchema, previewBodySchema, revokedPlaybackSchema, type PlaybackBody } from '../../lambda/contract/api/playback.ts';
import { describeInBrowser } from '../support/browser/describe-in-browser.ts';
import { launchBrowser, openPlayer, type PlayerPage } from '../support/browser/player-page.ts';
import { playedOn, seenOnce, started } from '../support/browser/viewing.ts';
import { openWebSite, type WebSite } from '../support/browser/web-site.ts';
import { aCookieDelivery, aKeyPair } from '../support/edge/cookie-stage.ts';
import { askEdge } from '../support/edge/edge-client.ts';
import { bodyOf, problemOf } from '../support/journeys/api-client.ts';
import { anAccount, type AccountCast } from '../support/journeys/cast.ts';
import { aShowOnAir, type ShowOnAir } from '../support/journeys/on-air.ts';
import { openStage } from '../support/journeys/open-stage.ts';
import { aShortTail } from '../support/journeys/pipelines.ts';
import { answerOnce } from '../support/journeys/plans.ts';
import type { StageDriver } from '../support/journeys/stage-driver.ts';

const tokenSeconds = 60;
const host = 'one.live.stage.test';

/** Given a stage whose player and edge share stage.test, and a show on air whose pipeline nobody has used. */
describeInBrowser('who may watch', () => {
  const { publicKey, privateKey } = aKeyPair();
  let stage: StageDriver;
  let harbour: AccountCast;
  let show: ShowOnAir;
  let edgePort: number;
  let site: WebSite;
  let browser: Browser;
  /** Given to a viewer before all else, so that its time passes beside the rest; and what it was renewed to. */
  let expiring: PlaybackBody;
  let renewed: PlaybackBody;

  const playbackOf = async (body: object = {}, breakoutId = show.breakoutId): Promise<PlaybackBody> => bodyOf(await harbour.viewer.post(`/breakouts/${breakoutId}/playback`, body), 201, playbackBodySchema);
  const urlOf = ({ endpoints }: Pick<PlaybackBody, 'endpoints'>): string => endpoints[0]!.url;
  const curtain = async (state: 'UP' | 'DOWN', breakoutId = show.breakoutId) => bodyOf(await harbour.producer.put(`/breakouts/${breakoutId}/curtain`, { state }), 200, curtainAnswerSchema);
  const answers = (url: string, status: number, cookies: readonly string[] = []) =>
    answerOnce(`${status} of the edge`, 30, async () => ((await askEdge(edgePort, url, cookies)).status === status ? true : undefined));
  const play = (path: string): Promise<PlayerPage> => openPlayer(browser, `http://www.stage.test${path}`);

  beforeAll(async () => {
    const pipelines = [aShortTail('pl_one'), aShortTail('pl_two')] as const;
    stage = await openStage({ pipelines, delivery: { ...aCookieDelivery({ k1: publicKey }), viewerTokenSeconds: tokenSeconds, previewTokenSeconds: tokenSeconds, devicesPerViewer: 2 } });
    const [secrets, cloudFront] = [new SecretsManagerClient(stage.aws), new CloudFrontClient(stage.aws)];
    await secrets.send(new CreateSecretCommand({ Name: cookieKeySecretName(stage.name), SecretString: JSON.stringify({ signWith: 'k1', k1: privateKey }) }));
    const { DistributionList } = await cloudFront.send(new ListDistributionsCommand({}));
    edgePort = Number(DistributionList!.Items!.find(({ Aliases }) => Aliases?.Items?.includes(host))!.DomainName!.split(':')[1]);
    secrets.destroy();
    cloudFront.destroy();
    harbour = await anAccount(stage);
    show = await aShowOnAir(harbour, 'pl_one', { height: 240 });
    site = await openWebSite();
    browser = await launchBrowser({ [host]: edgePort, 'www.stage.test': site.port });
    expiring = await playbackOf({ viewerId: 'bert' });
    await answers(urlOf(expiring), 200);
    renewed = await playbackOf({ viewerId: 'bert', renewWith: expiring.renewWith });
  });

  afterAll(async () => {
    await browser.close();
    await site.close();
    await show.stop();
    await stage.close();
  });

  it('plays with a token in the path', async () => {
    const player = await play(site.entrance([], urlOf(await playbackOf())));

    await playedOn(player, await started(player), 3);

    await player.close();
  });

  it('plays with cookies of the shared domain', async () => {
    const { cookies } = await playbackOf();
    const player = await play(site.entrance(cookies!.setCookie, urlOf(cookies!)));

    expect(urlOf(cookies!)).toMatch(new RegExp(`^http://${host}/c/${show.breakoutId}/out/v1/`));
    await playedOn(player, await started(player), 3);

    await player.close();
  });

  it('plays nothing without the cookies, or with a part of them', async () => {
    const { cookies } = await playbackOf();
    const url = urlOf(cookies!);
    const player = await play(site.entrance([], url));

    await seenOnce(player, 'a refusal', 30, ({ status }) => status.includes('refuses'));
    expect((await askEdge(edgePort, url, cookies!.setCookie)).status).toBe(200);
    for (const left of cookies!.setCookie.keys()) expect((await askEdge(edgePort, url, cookies!.setCookie.filter((_, index) => index !== left))).status).toBe(403);

    await player.close();
  });

  it('shows attendees nothing while the curtain is down, and a producer all', async () => {
    const { cookies, ...playback } = await playbackOf();
    const viewer = await play(site.entrance([], urlOf(playback)));
    await started(viewer);

    expect(await curtain('DOWN')).toEqual({ breakoutId: show.breakoutId, state: 'DOWN' });
    await answers(urlOf(playback), 403);
    await answers(urlOf(cookies!), 403, cookies!.setCookie);
    await seenOnce(viewer, 'the curtain', 30, ({ status }) => status.includes('curtain'));
    const preview = bodyOf(await harbour.producer.post(`/breakouts/${show.breakoutId}/preview`), 201, previewBodySchema);
    const producer = await play(site.entrance([], urlOf(preview)));
    await playedOn(producer, await started(producer), 2);

    await curtain('UP');
    await answers(urlOf(playback), 200);
    await seenOnce(viewer, 'the show again', 30, ({ rungs, errors }) => rungs.length > 0 && errors.length > 0);
    await Promise.all([viewer.close(), producer.close()]);
  }, 180_000);

  it('lets attendees neither draw the curtain nor look behind it', async () => {
    expect(problemOf(await harbour.viewer.put(`/breakouts/${show.breakoutId}/curtain`, { state: 'UP' }))).toMatchObject({ status: 403, code: 'privilege-missing' });
    expect(problemOf(await harbour.viewer.post(`/breakouts/${show.breakoutId}/preview`))).toMatchObject({ status: 403, code: 'privilege-missing' });
  });

  it('takes access away, of a device that is one too many and of a viewer', async () => {
    const [first, second, third] = [await playbackOf({ viewerId: 'anna' }), await playbackOf({ viewerId: 'anna' }), await playbackOf({ viewerId: 'anna' })];
    await answers(urlOf(first), 403);
    await answers(urlOf(second), 200);

    const revoked = bodyOf(await harbour.producer.delete(`/breakouts/${show.breakoutId}/playback`, { viewerId: 'anna' }), 200, revokedPlaybackSchema);

    expect(revoked.revokedSessions).toEqual([second.session, third.session]);
    expect(revoked.clearCookies.every((cookie) => cookie.includes('Max-Age=0'))).toBe(true);
    await answers(urlOf(second), 403);
    await answers(urlOf(third.cookies!), 403, third.cookies!.setCookie);
  }, 60_000);

  it('is bound to an address and a country where it says so', async () => {
    const [here, elsewhere, abroad] = [await playbackOf({ boundTo: { ip: '127.0.0.1', country: 'US' } }), await playbackOf({ boundTo: { ip: '203.0.113.7' } }), await playbackOf({ boundTo: { country: 'DE' } })];

    expect((await Promise.all([here, elsewhere, abroad].map((one) => askEdge(edgePort, urlOf(one))))).map(({ status }) => status)).toEqual([200, 403, 403]);
    expect((await Promise.all([here, elsewhere, abroad].map(({ cookies }) => askEdge(edgePort, urlOf(cookies!), cookies!.setCookie)))).map(({ status }) => status)).toEqual([200, 403, 403]);
  });

  it('ends with its time unless it is renewed, which keeps the session', async () => {
    await answerOnce('the expiry', tokenSeconds + 30, async () => ((await askEdge(edgePort, urlOf(expiring))).text === 'token expired' ? true : undefined));

    expect(renewed.session).toBe(expiring.session);
    expect((await askEdge(edgePort, urlOf(expiring.cookies!), expiring.cookies!.setCookie)).status).toBe(403);
    expect(problemOf(await harbour.viewer.post(`/breakouts/${show.breakoutId}/playback`, { viewerId: 'bert', renewWith: expiring.renewWith }))).toMatchObject({ status: 409, code: 'session-over' });
  }, 120_000);
});
