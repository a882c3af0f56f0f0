import { type CloudFront, createCloudFront } from '../../../local/edge/cloudfront.ts';
import { systemClock, timeScale } from '../../../local/runtime/clock.ts';
import { memoryStateStore } from '../../../local/runtime/state/collection.ts';

/** A CloudFront whose changes take effect at once, and that delivers no logs. */
export const instantCloudFront = (): CloudFront =>
  createCloudFront({
    state: memoryStateStore(),
    clock: systemClock,
    timeScale: timeScale(Infinity),
    metrics: { record: () => undefined },
    accountId: '123456789012',
    serviceSessions: () => {
      throw new Error('no origin is a bucket');
    },
    clientSettings: () => {
      throw new Error('no log is delivered here');
    },
    onFault: () => undefined,
  });
