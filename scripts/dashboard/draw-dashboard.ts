import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { metricsOf, type DashboardBody, type Widget } from './dashboard-body.ts';
import { drawGraph } from './draw-graph.ts';
import { drawTiles } from './draw-tiles.ts';
import { readSeries } from './read-series.ts';
import { textAt, type Box } from './svg.ts';

/** A dashboard's grid has 24 columns; a unit is as wide as high. */
const unitPixels = 52;
const gapPixels = 10;

const boxOf = ({ x, y, width, height }: Widget): Box => ({ x: gapPixels + x * unitPixels, y: gapPixels + y * unitPixels, width: width * unitPixels - gapPixels, height: height * unitPixels - gapPixels });

/** Headings and paragraphs; of Markdown that is all that is needed. */
const drawText = ({ x, y }: Box, markdown: string): string =>
  markdown
    .split('\n')
    .map((line, index) => (line.startsWith('# ') ? textAt(x + 4, y + 32 + index * 28, line.slice(2), { size: 26, weight: 600 }) : textAt(x + 4, y + 32 + index * 28, line, { size: 14, fill: '#52606d' })))
    .join('');

/** The interval that is drawn, milliseconds since the epoch. */
export interface DrawnTime {
  readonly from: number;
  readonly to: number;
}

const drawWidget = async (client: Pick<CloudWatchClient, 'send'>, widget: Widget, time: DrawnTime): Promise<string> => {
  const box = boxOf(widget);
  if (widget.type === 'text') return drawText(box, widget.properties.markdown);
  const { title, view, stacked: isStacked, sparkline, period: periodSeconds } = widget.properties;
  const window = { ...time, periodSeconds };
  const series = await readSeries(client, metricsOf(widget), window);
  return view === 'singleValue' ? drawTiles(box, title, series, sparkline) : drawGraph(box, { title, isStacked, series }, window);
};

/** Draws a dashboard as SVG from the metrics that it names. */
export const drawDashboard = async (client: Pick<CloudWatchClient, 'send'>, { widgets }: DashboardBody, time: DrawnTime): Promise<string> => {
  const width = 24 * unitPixels + gapPixels;
  const height = Math.max(0, ...widgets.map((widget) => (widget.y + widget.height) * unitPixels)) + gapPixels;
  const drawn: string[] = [];
  for (const widget of widgets) drawn.push(await drawWidget(client, widget, time));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="Inter, 'Helvetica Neue', Helvetica, Arial, sans-serif">`,
    `<rect width="${width}" height="${height}" fill="#f5f7fa"/>`,
    ...drawn,
    '</svg>\n',
  ].join('\n');
};
