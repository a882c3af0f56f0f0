import type { Datapoint } from '@aws-sdk/client-cloudwatch';
import type * as cloudwatch from '@aws-sdk/client-cloudwatch';
import type { Operations } from '../../gateway/define-service.ts';
import { isStatistic, statisticOf, type StatisticName } from './aggregate.ts';
import { invalidCombination, invalidValue } from './cloudwatch-faults.ts';
import { dimensionsOf } from './dimensions.ts';
import type { MetricStore } from './metric-store.ts';
import { pointsIn, roundStart, type MetricPoint } from './metric-window.ts';
import { standardUnit } from './standard-unit.ts';

/** API reference, GetMetricStatistics. */
const mostPoints = 1_440;

const readStatistics = (names: readonly string[] | undefined): readonly StatisticName[] => {
  if (!names || names.length === 0) throw invalidCombination('At least one of the parameters Statistics and ExtendedStatistics must be specified; local mode answers Statistics only');
  return names.map((name) => {
    if (isStatistic(name)) return name;
    throw invalidValue(`The parameter Statistics has ${name}, expected Average, Maximum, Minimum, SampleCount or Sum`);
  });
};

const show = ({ at, aggregate }: MetricPoint, names: readonly StatisticName[], unit: Datapoint['Unit']): Datapoint => ({
  Timestamp: new Date(at),
  Unit: unit,
  ...Object.fromEntries(names.map((name) => [name, statisticOf(aggregate, name)])),
});

/** GetMetricStatistics. */
export const getMetricStatisticsOperation = (store: MetricStore, now: () => number): Operations<typeof cloudwatch> => ({
  GetMetricStatistics: {
    permissions: () => [{ action: 'cloudwatch:GetMetricStatistics', resources: ['*'] }],
    handle: ({ Namespace, MetricName, Dimensions, StartTime, EndTime, Period, Statistics, Unit }) => {
      const names = readStatistics(Statistics);
      const [start, end] = [StartTime.getTime(), EndTime.getTime()];
      if (start >= end) throw invalidValue('The parameter StartTime must be less than the parameter EndTime.');
      if (Period < 1 || (Period > 60 && Period % 60 !== 0)) throw invalidValue(`The parameter Period is ${Period}, expected a multiple of 60 seconds`);
      const asked = Math.ceil((end - roundStart(start, now())) / (Period * 1000));
      if (asked > mostPoints) {
        throw invalidCombination(
          `You have requested up to ${asked.toLocaleString('en-US')} datapoints, which exceeds the limit of 1,440. You may reduce the datapoints requested by increasing Period, or decreasing the time range.`,
        );
      }
      const identity = { namespace: Namespace, name: MetricName, dimensions: dimensionsOf(Dimensions) };
      const points = pointsIn(store.minutes(identity, Unit), { start, end, period: Period * 1000 }, now());
      const unit = Unit ?? store.series().find((series) => series.namespace === Namespace && series.name === MetricName)?.unit;
      return { Label: MetricName, Datapoints: points.map((point) => show(point, names, standardUnit(unit))) };
    },
  },
});
