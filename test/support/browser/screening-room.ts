import { startPlayerServer } from '../../../local/player/player-server.ts';
import type { PlaybackBody } from '../../../lambda/contract/api/playback.ts';
import type { ApiClient } from '../journeys/api-client.ts';
import { answerOnce, playbackUrlOf } from '../journeys/plans.ts';
import { launchBrowser, openPlayer, type PlayerPage } from './player-page.ts';

/** Where shows are watched: a browser, and the player that it shows. */
export interface ScreeningRoom {
  /** Opens a show, as a viewer who has asked for its URL. */
  open(show: { readonly breakoutId: string }, format: PlaybackBody['endpoints'][number]['format']): Promise<PlayerPage>;
  /** Waits until a show lists as many segments as players like to start behind its newest one; who comes earlier may have to wait in between. */
  underWay(show: { readonly breakoutId: string }): Promise<void>;
  /** Closes every player. */
  close(): Promise<void>;
}

/** Players start three segments behind the newest, and the next takes its time to come. */
const leastSegments = 5;

const textAt = async (url: string): Promise<string | undefined> => {
  const response = await fetch(url);
  const text = await response.text();
  return response.ok ? text : undefined;
};

/** The segments of the first rendition; 0 before there is one. */
const listedSegments = async (url: string): Promise<number> => {
  const [rendition] = (await textAt(url))?.split('\n').filter((line) => line !== '' && !line.startsWith('#')) ?? [];
  const playlist = rendition === undefined ? undefined : await textAt(new URL(rendition, url).href);
  return playlist?.match(/#EXTINF/g)?.length ?? 0;
};

/** Opens a room for the viewer whose client this is. */
export const openScreeningRoom = async (viewer: ApiClient): Promise<ScreeningRoom> => {
  const server = await startPlayerServer();
  const browser = await launchBrowser();
  return {
    open: async ({ breakoutId }, format) => openPlayer(browser, server.pageFor(await playbackUrlOf(viewer, breakoutId, format))),
    underWay: async ({ breakoutId }) => {
      const url = await playbackUrlOf(viewer, breakoutId, 'HLS');
      await answerOnce(`a list of ${leastSegments} segments`, 90, async () => ((await listedSegments(url)) >= leastSegments ? true : undefined));
    },
    close: async () => {
      await browser.close();
      await server.close();
    },
  };
};
