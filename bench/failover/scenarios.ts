import { setTimeout as sleep } from 'node:timers/promises';
import { ladders } from '../../lib/config/ladders.ts';
import type { FlvTag } from '../../local/media/flv/flv-tag.ts';
import type { FailoverSettings } from '../../local/media/relay/failover-settings.ts';
import type { RelayEvent } from '../../local/media/relay/relay-event.ts';
import { publishPaced, type PacedPublisher } from '../../test/support/media/relay/paced-publisher.ts';
import { startRelayRig, type RelayRig } from '../../test/support/media/relay/relay-rig.ts';
import { atMost, figure, type Figure } from '../benchmark.ts';
import { continuityOf } from './continuity.ts';
import { renditionsOf } from './ladder-renditions.ts';

const failover: FailoverSettings = { preference: 'PRIMARY_INPUT_PREFERRED', errorClearMilliseconds: 2000, inputLossMilliseconds: 3000 };
const settledSeconds = 4;
const framesPerSecond = 30;

interface Scene {
  readonly rig: RelayRig;
  readonly primary: PacedPublisher;
  readonly backup: PacedPublisher;
  /** Publishes to the primary input again. */
  comeBack(): void;
}

const onAir = async <Result>(tags: readonly FlvTag[], signal: AbortSignal, play: (scene: Scene) => Promise<Result>): Promise<Result> => {
  const rig = startRelayRig({ failover, renditions: renditionsOf(ladders.small) });
  try {
    const since = rig.origin + 100;
    const [primary, backup] = [publishPaced(rig.relay.sink('primary'), tags, since), publishPaced(rig.relay.sink('backup'), tags, since)];
    await sleep(settledSeconds * 1000, undefined, { signal });
    return await play({ rig, primary, backup, comeBack: () => void publishPaced(rig.relay.sink('primary'), tags, since) });
  } finally {
    rig.close();
  }
};

const toldAt = async ({ rig }: Scene, what: string, of: (event: RelayEvent) => boolean): Promise<number> => {
  await rig.until(what, () => rig.events.some(of));
  return rig.events.findLast(of)?.at ?? Number.NaN;
};

const continuityFigures = async ({ rig }: Scene, what: string): Promise<Figure[]> => {
  await sleep(1000);
  const { missingPictures, skippedPictures, repeatedPictures, soundGapMilliseconds } = continuityOf(await rig.readOut(), framesPerSecond);
  return [
    atMost(0, `${what}: pictures missing from the output`, missingPictures, ''),
    atMost(0, `${what}: pictures of the source not shown`, skippedPictures, ''),
    figure(`${what}: pictures shown twice`, repeatedPictures, ''),
    atMost(50, `${what}: gap in the sound`, soundGapMilliseconds, 'ms'),
  ];
};

/** The encoder of the input on air leaves, and comes back. */
export const disconnect = (tags: readonly FlvTag[], signal: AbortSignal): Promise<readonly Figure[]> =>
  onAir(tags, signal, async (scene) => {
    const left = Date.now() - scene.rig.origin;
    scene.primary.leave();
    const changed = await toldAt(scene, 'the failover', ({ kind }) => kind === 'ACTIVE_INPUT_CHANGED');
    await sleep(1000, undefined, { signal });
    scene.comeBack();
    await toldAt(scene, 'the primary on air again', (event) => event.kind === 'ACTIVE_INPUT_CHANGED' && event.reason === 'FAIL_BACK');
    return [atMost(50, 'disconnect: until the other input is on air', changed - left, 'ms'), ...(await continuityFigures(scene, 'disconnect and fail-back'))];
  });

/** It stays and sends nothing. */
export const stall = (tags: readonly FlvTag[], signal: AbortSignal): Promise<readonly Figure[]> =>
  onAir(tags, signal, async (scene) => {
    scene.primary.stall();
    const stalled = Date.now() - scene.rig.origin;
    const changed = await toldAt(scene, 'the failover', ({ kind }) => kind === 'ACTIVE_INPUT_CHANGED');
    return [atMost(100, 'stall: beyond the threshold of 3 s', changed - stalled - (failover.inputLossMilliseconds ?? 0), 'ms'), ...(await continuityFigures(scene, 'stall'))];
  });

/** Both leave. */
export const loss = (tags: readonly FlvTag[], signal: AbortSignal): Promise<readonly Figure[]> =>
  onAir(tags, signal, async (scene) => {
    scene.backup.leave();
    const left = Date.now() - scene.rig.origin;
    scene.primary.leave();
    const filled = await toldAt(scene, 'the fill', ({ kind }) => kind === 'FILL_BEGAN');
    await sleep(3000, undefined, { signal });
    const { pictureTimes, numbers } = await scene.rig.readOut();
    const blackFrom = numbers.findIndex((number, index) => index > settledSeconds * framesPerSecond / 2 && number === 0);
    const leftAt = (pictureTimes[0] ?? 0) + left;
    return [
      figure('both inputs lost: until the fill begins', filled - left, 'ms'),
      figure('both inputs lost: until black, of 1 s repeated', (pictureTimes[blackFrom] ?? Number.NaN) - leftAt, 'ms'),
    ];
  });
