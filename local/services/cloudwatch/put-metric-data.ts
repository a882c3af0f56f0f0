import type { MetricDatum } from '@aws-sdk/client-cloudwatch';
import type * as cloudwatch from '@aws-sdk/client-cloudwatch';
import type { Operations } from '../../gateway/define-service.ts';
import { aggregateOf, mergeAggregates, type Aggregate } from './aggregate.ts';
import { invalidCombination, invalidValue } from './cloudwatch-faults.ts';
import { dimensionsOf } from './dimensions.ts';
import type { MetricStore } from './metric-store.ts';

/** API reference, PutMetricData and MetricDatum. */
const mostData = 1_000;
const mostDimensions = 30;
const oldestMilliseconds = 14 * 86_400_000;
const furthestMilliseconds = 2 * 3_600_000;

const aggregateOfDatum = ({ MetricName = '', Value, Values, Counts, StatisticValues }: MetricDatum): Aggregate => {
  if (StatisticValues) {
    const { Sum = 0, SampleCount = 0, Minimum = 0, Maximum = 0 } = StatisticValues;
    return { sum: Sum, count: SampleCount, min: Minimum, max: Maximum };
  }
  const values = Value === undefined ? (Values ?? []) : [Value];
  const merged = values.reduce<Aggregate | undefined>((sum, value, index) => {
    const count = Counts?.[index] ?? 1;
    return mergeAggregates(sum, { ...aggregateOf(value), sum: value * count, count });
  }, undefined);
  if (merged) return merged;
  throw invalidCombination(`The metric ${MetricName} has no value: give Value, Values or StatisticValues`);
};

const put = (store: MetricStore, namespace: string, datum: MetricDatum, now: number): void => {
  const { MetricName, Dimensions = [], Timestamp, Unit = 'None' } = datum;
  if (!MetricName) throw invalidValue('The parameter MetricData.member.MetricName is required.');
  if (Dimensions.length > mostDimensions) throw invalidValue(`The metric ${MetricName} has ${Dimensions.length} dimensions, allowed are ${mostDimensions}`);
  const at = Timestamp?.getTime() ?? now;
  if (at < now - oldestMilliseconds || at > now + furthestMilliseconds) {
    throw invalidValue(`The timestamp of ${MetricName} is ${new Date(at).toISOString()}, expected at most two weeks ago and two hours ahead`);
  }
  store.add({ namespace, name: MetricName, dimensions: dimensionsOf(Dimensions), unit: Unit }, at, aggregateOfDatum(datum));
};

/** PutMetricData. */
export const putMetricDataOperation = (store: MetricStore, now: () => number): Operations<typeof cloudwatch> => ({
  PutMetricData: {
    permissions: () => [{ action: 'cloudwatch:PutMetricData', resources: ['*'] }],
    handle: ({ Namespace, MetricData = [] }) => {
      if (Namespace.startsWith('AWS/')) throw invalidValue(`The value ${Namespace} for parameter Namespace is invalid: AWS/ is reserved`);
      if (MetricData.length > mostData) throw invalidValue(`${MetricData.length} data were given, allowed are ${mostData}`);
      for (const datum of MetricData) put(store, Namespace, datum, now());
      return {};
    },
  },
});
