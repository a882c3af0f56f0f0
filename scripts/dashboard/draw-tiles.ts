import type { Series } from './read-series.ts';
import { colourOf, figure, frame, pathOf, textAt, type Box } from './svg.ts';

const sparkline = ({ x, y, width, height }: Box, { points }: Series, colour: string): string => {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last || first.at === last.at) return '';
  const top = Math.max(1e-9, ...points.map(({ value }) => value));
  const path = pathOf(points.map(({ at, value }) => [x + ((at - first.at) / (last.at - first.at)) * width, y + height - (value / top) * height]));
  return `<path d="${path}" fill="none" stroke="${colour}" stroke-width="1.5" stroke-opacity="0.8"/>`;
};

const tile = (box: Box, series: Series, index: number, isAlone: boolean, hasPast: boolean): string => {
  const colour = colourOf(series.color, index);
  const last = series.points.at(-1);
  const middle = box.y + box.height / 2;
  return [
    textAt(box.x + 16, middle + (hasPast ? 4 : 2), last === undefined ? '–' : figure(last.value), { size: isAlone ? 32 : 26, weight: 600, fill: colour }),
    ...(isAlone ? [] : [textAt(box.x + 16, middle + 28, series.label, { size: 12, fill: '#52606d' })]),
    ...(hasPast ? [sparkline({ x: box.x + 16, y: box.y + box.height - 46, width: box.width - 32, height: 30 }, series, colour)] : []),
  ].join('');
};

/** How many tiles stand in a row of so many. */
const columnsOf = (count: number): number => (count > 3 ? 3 : count);

/** A widget of newest values, each with what it was before as a line where `hasPast`. */
export const drawTiles = (box: Box, title: string, series: readonly Series[], hasPast: boolean): string => {
  const columns = Math.max(1, columnsOf(series.length));
  const rows = Math.max(1, Math.ceil(series.length / columns));
  const top = 34;
  const tiles = series.map((one, index) => {
    const [width, height] = [box.width / columns, (box.height - top) / rows];
    return tile({ x: box.x + (index % columns) * width, y: box.y + top + Math.floor(index / columns) * height, width, height: height - 4 }, one, index, series.length === 1, hasPast);
  });
  return [frame(box), textAt(box.x + 16, box.y + 26, title, { size: 14, weight: 600 }), ...tiles].join('');
};
