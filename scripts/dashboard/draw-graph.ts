import type { Point, Series, SeriesWindow } from './read-series.ts';
import { colourOf, figure, frame, pathOf, round, textAt, type Box } from './svg.ts';

const dayMilliseconds = 86_400_000;

/** What a graph is drawn of. */
export interface Graph {
  readonly title: string;
  readonly isStacked: boolean;
  readonly series: readonly Series[];
}

interface Scale {
  readonly x: (at: number) => number;
  readonly y: (value: number) => number;
}

/** A round number that is not less: 1, 2 or 5 times a power of ten. */
const roundUp = (value: number): number => {
  const power = 10 ** Math.floor(Math.log10(Math.max(value, 1e-9)));
  return ([1, 2, 5, 10].find((step) => step * power >= value) ?? 10) * power;
};

const stepOf = (top: number): number => roundUp(top / 4);

/** Values of a series at the times of all, so that what lies on top of each other is of the same time; nothing yet is 0. */
const valuesAt = (times: readonly number[], points: readonly Point[]): readonly number[] => {
  const byTime = new Map(points.map(({ at, value }) => [at, value]));
  return times.map((at) => byTime.get(at) ?? 0);
};

const stackedAreas = (series: readonly Series[], { x, y }: Scale): string => {
  const times = [...new Set(series.flatMap(({ points }) => points.map(({ at }) => at)))].toSorted((one, other) => one - other);
  let below = times.map(() => 0);
  return series
    .map(({ points, color }, index) => {
      const above = valuesAt(times, points).map((value, at) => value + (below[at] ?? 0));
      const [top, bottom] = [above, below].map((values) => times.map((at, place): readonly [number, number] => [x(at), y(values[place] ?? 0)]));
      below = above;
      const fill = colourOf(color, index);
      return `<path d="${pathOf([...(top ?? []), ...(bottom ?? []).toReversed()])}Z" fill="${fill}" fill-opacity="0.75"/><path d="${pathOf(top ?? [])}" fill="none" stroke="${fill}" stroke-width="1.2"/>`;
    })
    .join('');
};

const lines = (series: readonly Series[], { x, y }: Scale): string =>
  series.map(({ points, color }, index) => `<path d="${pathOf(points.map(({ at, value }) => [x(at), y(value)]))}" fill="none" stroke="${colourOf(color, index)}" stroke-width="1.8" stroke-linejoin="round"/>`).join('');

const topOf = ({ series, isStacked }: Graph): number => {
  if (!isStacked) return Math.max(1e-6, ...series.flatMap(({ points }) => points.map(({ value }) => value)));
  const sums = new Map<number, number>();
  for (const { at, value } of series.flatMap(({ points }) => points)) sums.set(at, (sums.get(at) ?? 0) + value);
  return Math.max(1e-6, ...sums.values());
};

const grid = (plot: Box, { x, y }: Scale, { from, to }: SeriesWindow, top: number): string => {
  const step = stepOf(top);
  const levels = Array.from({ length: Math.floor(top / step) + 1 }, (_, index) => index * step);
  const days = Array.from({ length: Math.floor(to / dayMilliseconds) - Math.ceil(from / dayMilliseconds) + 1 }, (_, index) => (Math.ceil(from / dayMilliseconds) + index) * dayMilliseconds);
  const every = Math.max(1, Math.ceil(days.length / 8));
  return [
    ...levels.map((level) => `<line x1="${round(plot.x)}" x2="${round(plot.x + plot.width)}" y1="${round(y(level))}" y2="${round(y(level))}" stroke="#edf0f4"/>${textAt(plot.x - 8, y(level) + 4, figure(level), { size: 11, fill: '#7b8794', anchor: 'end' })}`),
    ...days.filter((_, index) => index % every === 0).map((day) => textAt(x(day), plot.y + plot.height + 18, new Date(day).toLocaleDateString('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' }), { size: 11, fill: '#7b8794', anchor: 'middle' })),
  ].join('');
};

/** About as wide as a character of the legend. */
const characterPixels = 6.6;

/** Ids are told apart by their ends. */
const shortened = (label: string): string => (label.length > 16 ? `${label.slice(0, 6)}…${label.slice(-6)}` : label);

const legend = (box: Box, series: readonly Series[]): string => {
  let x = box.x + 16;
  return series
    .map(({ label: whole, color }, index) => {
      const label = shortened(whole);
      const mark = `<rect x="${round(x)}" y="${round(box.y + box.height - 20)}" width="10" height="10" rx="2" fill="${colourOf(color, index)}"/>${textAt(x + 15, box.y + box.height - 11, label, { size: 11, fill: '#52606d' })}`;
      x += 33 + label.length * characterPixels;
      return mark;
    })
    .join('');
};

/** A widget of lines, or of areas on top of each other, with its axes and legend. */
export const drawGraph = (box: Box, graph: Graph, window: SeriesWindow): string => {
  const plot = { x: box.x + 64, y: box.y + 44, width: box.width - 88, height: box.height - 104 };
  const highest = topOf(graph);
  const step = stepOf(highest);
  const top = Math.ceil(highest / step) * step;
  const scale: Scale = {
    x: (at) => plot.x + ((at - window.from) / (window.to - window.from)) * plot.width,
    y: (value) => plot.y + plot.height - (value / top) * plot.height,
  };
  const drawn = graph.isStacked ? stackedAreas(graph.series, scale) : lines(graph.series, scale);
  const isEmpty = graph.series.every(({ points }) => points.length === 0);
  return [
    frame(box),
    textAt(box.x + 16, box.y + 26, graph.title, { size: 14, weight: 600 }),
    ...(isEmpty ? [textAt(box.x + box.width / 2, box.y + box.height / 2, 'no data', { fill: '#7b8794', anchor: 'middle' })] : [grid(plot, scale, window, top), drawn]),
    legend(box, graph.series),
  ].join('');
};
