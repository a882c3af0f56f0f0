import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { z } from 'zod';
import { cloudWatchMetricReader } from '../../lambda/adapters/cloudwatch/cloudwatch-metric-reader.ts';
import { measureAgain } from '../../lambda/domain/usage/late/measure-again.ts';
import { itemIds } from '../../test/support/usage/ids.ts';
import { measuredShow } from '../../test/support/usage/measured-show.ts';
import { atMost, figure, type Benchmark } from '../benchmark.ts';

const askedSchema = z.object({ StartTime: z.date(), EndTime: z.date(), MetricDataQueries: z.array(z.object({ Id: z.string() })) });

/** What a service says of its answers: that they are all that there is, or never. */
type StatusCode = 'Complete' | 'PartialData';

/** A client of the real SDK whose calls are counted and answered without a network: every minute has a point. */
const countedClient = (region: string, StatusCode: StatusCode, onCall: () => void): CloudWatchClient => {
  const client = new CloudWatchClient({ region, credentials: { accessKeyId: 'none', secretAccessKey: 'none' } });
  const answer = (input: unknown) => {
    onCall();
    const { StartTime, EndTime, MetricDataQueries } = askedSchema.parse(input);
    const Timestamps = Array.from({ length: (EndTime.getTime() - StartTime.getTime()) / 60_000 }, (_, minute) => new Date(StartTime.getTime() + minute * 60_000));
    const MetricDataResults = MetricDataQueries.map(({ Id }) => ({ Id, StatusCode, Timestamps, Values: Timestamps.map(() => 1000) }));
    return { output: { $metadata: {}, MetricDataResults }, response: {} };
  };
  client.middlewareStack.add(() => ({ input }) => Promise.resolve(answer(input)), { step: 'initialize' });
  return client;
};

/** A show whose pipeline is in another Region than the edge's metrics: every reading needs both. */
const countedShow = (statusCode: StatusCode) => {
  const counted = { calls: 0 };
  const clients = new Map<string, CloudWatchClient>();
  const client = (region: string): CloudWatchClient => {
    const known = clients.get(region) ?? countedClient(region, statusCode, () => (counted.calls += 1));
    clients.set(region, known);
    return known;
  };
  const show: ReturnType<typeof measuredShow> = measuredShow({ region: 'eu-west-1', metrics: cloudWatchMetricReader({ client, now: () => Date.parse(show.world.now) }) });
  return { ...show, counted };
};

const minutesBetweenLooks = 5;

/** A show's life: measured at its stop and with its recording, finally when logs that never come are no longer waited for, and once more when late points have come. */
const measureForLife = async (statusCode: StatusCode) => {
  const { world, provisional, final, deps, counted } = countedShow(statusCode);
  const readings: number[] = [];
  const reading = async <Result>(measure: () => Promise<Result>): Promise<Result> => {
    const before = counted.calls;
    const result = await measure();
    readings.push(counted.calls - before);
    return result;
  };
  await reading(provisional);
  world.now = '2026-11-23T11:12:00.000Z';
  await reading(provisional);
  world.now = '2026-11-23T12:01:00.000Z';
  while ((await reading(() => final())) === 'PENDING') world.now = new Date(Date.parse(world.now) + minutesBetweenLooks * 60_000).toISOString();
  world.now = '2026-11-27T12:00:00.000Z';
  await reading(() => measureAgain(deps)(itemIds.breakout, { rereadsMetrics: true }));
  return { calls: counted.calls, mostInReading: Math.max(...readings), looks: readings.length };
};

/** Calls that finalising a show makes, with the real adapter over a counted client. */
export const meteringCalls: Benchmark = {
  name: 'metering-calls',
  title: 'Calls of services in the life of a profile',
  run: async () => {
    const requests: unknown[] = [];
    const note = (message: unknown): void => void requests.push(message);
    subscribe('http.client.request.start', note);
    try {
      const { calls, mostInReading, looks } = await measureForLife('Complete');
      const partial = await measureForLife('PartialData');
      return [
        atMost(2, 'calls of CloudWatch, the most in one reading', mostInReading, 'requests'),
        atMost(8, 'calls of CloudWatch in all', calls, 'requests'),
        atMost(0, 'other calls over the network, the Price List\'s among them', requests.length, 'requests'),
        figure('times that it was measured or looked at', looks, ''),
        atMost(2, 'calls in one reading, where every answer is called partial for ever', partial.mostInReading, 'requests'),
        figure('calls in all, where every answer is called partial for ever', partial.calls, 'requests'),
      ];
    } finally {
      unsubscribe('http.client.request.start', note);
    }
  },
};
