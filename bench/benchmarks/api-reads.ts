import { figure, type Benchmark } from '../benchmark.ts';
import { openLoop } from '../show/open-loop.ts';
import { percentile } from '../statistics.ts';

const perSecond = 50;
const seconds = 20;

/** Reads of the API while a show on the small ladder runs: a breakout, the events and a usage in turn. */
export const apiReads: Benchmark = {
  name: 'api-reads',
  title: `API reads, ${perSecond} a second for ${seconds} s during a show`,
  run: async ({ smallShow, signal, say }) => {
    const { platform, breakoutId } = await smallShow.onAir();
    const paths = [`/breakouts/${breakoutId}`, '/events', `/breakouts/${breakoutId}/usage`];
    for (const path of paths) await platform.producer.get(path);
    say(`reading ${perSecond} times a second for ${seconds} s`);
    const arrivals = await openLoop({ perSecond, seconds, signal, send: (number) => platform.producer.get(paths[number % paths.length] ?? '') });
    const latencies = arrivals.map(({ latencyMilliseconds }) => latencyMilliseconds);
    const late = arrivals.map(({ sentLateMilliseconds }) => sentLateMilliseconds);
    return [
      figure('p50', percentile(latencies, 0.5), 'ms'),
      figure('p99', percentile(latencies, 0.99), 'ms'),
      figure('slowest', percentile(latencies, 1), 'ms'),
      figure('of that, sent late by the client: p99', percentile(late, 0.99), 'ms'),
      figure('sent', arrivals.length, 'requests'),
      { name: 'without a successful answer', value: arrivals.filter(({ isAnswered }) => !isAnswered).length, unit: 'requests', goal: '0 requests', isMet: arrivals.every(({ isAnswered }) => isAnswered) },
    ];
  },
};
