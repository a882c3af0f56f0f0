/** A rectangle in pixels. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Colours of what has none of its own. */
const palette = ['#1f77b4', '#e9a13b', '#17a398', '#d1495b', '#8e6bbf', '#6b8f3c', '#b07156', '#5f6c7b'] as const;

/** The colour of the `index`th series. */
export const colourOf = (color: string | undefined, index: number): string => color ?? palette[index % palette.length] ?? '#5f6c7b';

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** How a text looks; `anchor` is where its x is. */
export interface TextStyle {
  readonly size?: number;
  readonly weight?: 400 | 600;
  readonly fill?: string;
  readonly anchor?: 'start' | 'middle' | 'end';
}

/** A text whose baseline begins at x, y. */
export const textAt = (x: number, y: number, text: string, { size = 12, weight = 400, fill = '#2b3440', anchor = 'start' }: TextStyle = {}): string =>
  `<text x="${round(x)}" y="${round(y)}" font-size="${size}" font-weight="${weight}" fill="${fill}" text-anchor="${anchor}">${escaped(text)}</text>`;

/** A tenth of a pixel is fine enough, and keeps files small. */
export const round = (value: number): string => String(Math.round(value * 10) / 10);

/** The frame of a widget. */
export const frame = ({ x, y, width, height }: Box): string =>
  `<rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" rx="8" fill="#ffffff" stroke="#dfe4ea"/>`;

/** A line through points. */
export const pathOf = (points: readonly (readonly [number, number])[]): string => points.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${round(x)} ${round(y)}`).join('');

/** A figure as people read it: three or four digits, thousands apart. */
export const figure = (value: number): string => {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toLocaleString('en-GB', { maximumFractionDigits: digits, minimumFractionDigits: Math.abs(value) < 10 && value !== 0 ? digits : 0 });
};
