import { startPlayerServer } from '../../../local/player/player-server.ts';
import type { PlaybackBody } from '../../../lambda/contract/api/playback.ts';
import type { ApiClient } from '../journeys/api-client.ts';
import { playbackUrlOf } from '../journeys/plans.ts';
import { launchBrowser, openPlayer, type PlayerPage } from './player-page.ts';

/** Where shows are watched: a browser, and the player that it shows. */
export interface ScreeningRoom {
  /** Opens a show, as a viewer who has asked for its URL. */
  open(show: { readonly breakoutId: string }, format: PlaybackBody['endpoints'][number]['format']): Promise<PlayerPage>;
  /** Closes every player. */
  close(): Promise<void>;
}

/** Opens a room for the viewer whose client this is. */
export const openScreeningRoom = async (viewer: ApiClient): Promise<ScreeningRoom> => {
  const server = await startPlayerServer();
  const browser = await launchBrowser();
  return {
    open: async ({ breakoutId }, format) => openPlayer(browser, server.pageFor(await playbackUrlOf(viewer, breakoutId, format))),
    close: async () => {
      await browser.close();
      await server.close();
    },
  };
};
