import type { Clock } from '../../../runtime/clock.ts';
import { methodSettingKey } from '../stage-patches.ts';
import type { ApiStage } from '../api-definition.ts';

/** Whether a request of a method may pass. */
export type Throttle = (stage: ApiStage, resourcePath: string, httpMethod: string) => boolean;

// An account's own limits in a Region. https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
const accountLimits = { rate: 10_000, burst: 5000 };

/** Token buckets: one for a stage, and one for each method that has limits of its own. */
export const createThrottle = (clock: Clock): Throttle => {
  const buckets = new Map<string, { tokens: number; at: number }>();
  return (stage, resourcePath, httpMethod) => {
    const own = methodSettingKey(resourcePath, httpMethod);
    const settings = { ...stage.methodSettings?.['*/*'], ...stage.methodSettings?.[own] };
    const key = `${stage.apiId}/${stage.stageName}/${stage.methodSettings?.[own] ? own : '*/*'}`;
    const { throttlingRateLimit: rate = accountLimits.rate, throttlingBurstLimit: burst = accountLimits.burst } = settings;
    const now = clock.now();
    const bucket = buckets.get(key) ?? { tokens: burst, at: now };
    const tokens = Math.min(burst, bucket.tokens + ((now - bucket.at) / 1000) * rate);
    buckets.set(key, { tokens: tokens < 1 ? tokens : tokens - 1, at: now });
    return tokens >= 1;
  };
};
