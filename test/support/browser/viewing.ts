import { setTimeout as sleep } from 'node:timers/promises';
import type { Playback, PlayerPage } from './player-page.ts';

const pollMilliseconds = 200;

/**
 * Looks at a player until it is as wanted.
 * @throws Error with what the player was like at the end when it does not happen in time
 */
export const seenOnce = async (player: PlayerPage, what: string, timeoutSeconds: number, isWanted: (playback: Playback) => boolean): Promise<Playback> => {
  const deadline = Date.now() + timeoutSeconds * 1000;
  for (;;) {
    const playback = await player.playback();
    if (isWanted(playback)) return playback;
    if (Date.now() > deadline) throw new Error(`${what} was not seen within ${timeoutSeconds} s: ${JSON.stringify(playback)}`);
    await sleep(pollMilliseconds);
  }
};

/** Waits for the first picture; a show that has just begun takes its time. */
export const started = (player: PlayerPage): Promise<Playback> =>
  seenOnce(player, 'the first picture', 60, ({ hasStarted, decodedFrames }) => hasStarted && decodedFrames > 0);

/** Waits until so many seconds have been played since: at the speed of life, with twice the time for a machine that is busy. */
export const playedOn = (player: PlayerPage, { currentTime }: Playback, seconds: number): Promise<Playback> =>
  seenOnce(player, `${seconds} s of playback`, seconds * 2, (playback) => playback.currentTime >= currentTime + seconds);
