import { invalidFields } from '../shared/interval.ts';
import { earlier, secondsAfter } from '../shared/time.ts';
import type { Breakout } from './breakout.ts';

/**
 * How long a show may be: CloudWatch has each of its minutes for 15 days, and what a show used is measured when it has ended. Its
 * execution has 13 events a quarter of an hour while it waits for the stop, which is 17,472 of the 25,000 that one may have.
 * Sources: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_concepts.html, metrics retention;
 * https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
 */
export const longestShowDays = 14;

/**
 * Refuses a show that would be longer than shows may be, from when its first pipeline is taken to its end.
 * @throws InvalidInputError `breakout-too-long`
 */
export const requireLength = ({ earlierLegs = [] }: Pick<Breakout, 'earlierLegs'>, { startsAt, endsAt }: Pick<Breakout, 'startsAt' | 'endsAt'>): void => {
  const from = earlierLegs.reduce((first, { startRequestedAt }) => earlier(first, startRequestedAt), startsAt);
  const latest = secondsAfter(from, longestShowDays * 86_400);
  if (endsAt <= latest) return;
  const message = `is ${endsAt}, expected at most ${longestShowDays} days after ${from}, which is ${latest}: end it sooner, or let the rest be a breakout of its own`;
  throw invalidFields('breakout-too-long', [{ field: '/endsAt', message }]);
};
