import { createHash } from 'node:crypto';
import { InvalidNextToken, type MetricDataQuery, type MetricDataResult } from '@aws-sdk/client-cloudwatch';
import type * as cloudwatch from '@aws-sdk/client-cloudwatch';
import { z } from 'zod';
import type { InputOf, Operations } from '../../gateway/define-service.ts';
import { isStatistic, statisticOf } from './aggregate.ts';
import { validationError } from './cloudwatch-faults.ts';
import { dimensionsOf } from './dimensions.ts';
import type { MetricStore } from './metric-store.ts';
import { pointsIn } from './metric-window.ts';

type Input = InputOf<typeof cloudwatch, 'GetMetricData'>;

/** API reference, GetMetricData. */
const mostQueries = 500;
const mostPoints = 100_800;

interface Series {
  readonly id: string;
  readonly label: string;
  readonly points: readonly { readonly at: number; readonly value: number }[];
}

const checkPeriod = (id: string, period: number): number => {
  if ([1, 5, 10, 20, 30].includes(period) || (period >= 60 && period % 60 === 0)) return period * 1000;
  throw validationError(`Period of ${id} is ${period}, expected 1, 5, 10, 20, 30 or a multiple of 60 seconds`);
};

const evaluate = (store: MetricStore, query: MetricDataQuery, input: Input, now: number): Series => {
  const { Id = '', MetricStat, Label, Expression } = query;
  if (!/^[a-z][A-Za-z0-9_]*$/.test(Id)) throw validationError(`The value ${Id} for Id is invalid: it must begin with a lowercase letter, then letters, digits or underscores`);
  if (Expression !== undefined) throw validationError(`Query ${Id} is an expression; local mode answers MetricStat queries only`);
  const { Metric, Period = 0, Stat = '', Unit } = MetricStat ?? {};
  if (!Metric?.Namespace || !Metric.MetricName) throw validationError(`Query ${Id} names no metric: MetricStat.Metric needs Namespace and MetricName`);
  if (!isStatistic(Stat)) throw validationError(`Stat of ${Id} is ${Stat}; local mode answers Average, Maximum, Minimum, SampleCount and Sum`);
  const identity = { namespace: Metric.Namespace, name: Metric.MetricName, dimensions: dimensionsOf(Metric.Dimensions) };
  const window = { start: input.StartTime.getTime(), end: input.EndTime.getTime(), period: checkPeriod(Id, Period) };
  const points = pointsIn(store.minutes(identity, Unit), window, now).map(({ at, aggregate }) => ({ at, value: statisticOf(aggregate, Stat) }));
  return { id: Id, label: Label ?? identity.name, points: input.ScanBy === 'TimestampAscending' ? points : points.toReversed() };
};

const tokenSchema = z.object({ request: z.string(), from: z.int().nonnegative() });

/** A token is good for the request that it came with, and no other. */
const requestKey = ({ NextToken: _token, ...request }: Input): string => createHash('sha256').update(JSON.stringify(request)).digest('base64url');

const writeToken = (input: Input, from: number): string => Buffer.from(JSON.stringify({ request: requestKey(input), from })).toString('base64url');

const readToken = (input: Input): number => {
  if (input.NextToken === undefined) return 0;
  try {
    const { request, from } = tokenSchema.parse(JSON.parse(Buffer.from(input.NextToken, 'base64url').toString()));
    if (request === requestKey(input)) return from;
  } catch {
    // Not a token of ours.
  }
  throw new InvalidNextToken({ message: 'The next token specified is invalid: it belongs to another request.', $metadata: {} });
};

/** The part of all points that a page holds: from the `from`th on, at most `limit`. */
const page = (all: readonly Series[], from: number, limit: number): { results: MetricDataResult[]; next: number | undefined } => {
  const results: MetricDataResult[] = [];
  let passed = 0;
  for (const { id, label, points } of all) {
    const skip = Math.max(from - passed, 0);
    const room = Math.max(from + limit - passed, 0);
    const shown = points.slice(skip, room);
    passed += points.length;
    // A series that an earlier page ended is not repeated.
    if (skip > 0 && skip >= points.length) continue;
    if (room === 0 && points.length > 0) continue;
    results.push({
      Id: id,
      Label: label,
      Timestamps: shown.map(({ at }) => new Date(at)),
      Values: shown.map(({ value }) => value),
      StatusCode: skip + shown.length < points.length ? 'PartialData' : 'Complete',
    });
  }
  return { results, next: from + limit < passed ? from + limit : undefined };
};

const check = ({ MetricDataQueries, StartTime, EndTime, MaxDatapoints = mostPoints }: Input): void => {
  if (MetricDataQueries.length > mostQueries) throw validationError(`${MetricDataQueries.length} metric data queries were given, allowed are ${mostQueries}`);
  if (StartTime.getTime() >= EndTime.getTime()) throw validationError('The parameter StartTime must be less than the parameter EndTime.');
  if (MaxDatapoints < 1 || MaxDatapoints > mostPoints) throw validationError(`MaxDatapoints is ${MaxDatapoints}, expected 1 to ${mostPoints}`);
  const ids = MetricDataQueries.map(({ Id }) => Id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) throw validationError(`The values for parameter id in MetricDataQueries are not unique: ${twice}`);
};

/** GetMetricData. What is not published yet is simply not there, under StatusCode Complete, as on AWS. */
export const getMetricDataOperation = (store: MetricStore, now: () => number): Operations<typeof cloudwatch> => ({
  GetMetricData: {
    permissions: () => [{ action: 'cloudwatch:GetMetricData', resources: ['*'] }],
    handle: (input) => {
      check(input);
      const from = readToken(input);
      const all = input.MetricDataQueries.filter(({ ReturnData = true }) => ReturnData).map((query) => evaluate(store, query, input, now()));
      const { results, next } = page(all, from, input.MaxDatapoints ?? mostPoints);
      return { MetricDataResults: results, Messages: [], ...(next === undefined ? {} : { NextToken: writeToken(input, next) }) };
    },
  },
});
