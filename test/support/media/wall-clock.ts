/** The clock counts in these. */
const tickMilliseconds = 50;
/** Enough for 13.6 minutes, after which it begins anew. */
const bits = Array.from({ length: 14 }, (_, index) => index);
const round = tickMilliseconds * 2 ** bits.length;

/** How often a digit's place has been passed; the last digit has none above it. */
const passes = (bit: number): string => (bit < bits.length ? `floor(mod(time(0)*${1000 / tickMilliseconds},${2 ** bits.length})/${2 ** bit})` : '0');

/**
 * A filter of ffmpeg that draws the time of day below the picture as it is made: a row of black and white boxes, in Gray code, of which
 * one at a time changes.
 */
export const wallClockOverlay: string = [
  'drawbox=x=0:y=ih*9/10:w=iw:h=ih/10:color=black:t=fill',
  ...bits.map((bit) => `drawbox=x=iw*${bit}/${bits.length}:y=ih*9/10:w=iw/${bits.length}:h=ih/10:color=white:t=fill:enable='mod(${passes(bit)}+${passes(bit + 1)},2)'`),
].join(',');

/** Where the boxes are: shares of the picture's width and height. */
export const wallClockPoints: readonly (readonly [number, number])[] = bits.map((bit) => [(bit + 0.5) / bits.length, 0.95]);

/** How long ago a picture was made, in milliseconds, from the colours at {@link wallClockPoints}. */
export const ageOfPicture = (colours: readonly (readonly number[])[], now: number): number => {
  const gray = colours.map(([red = 0]) => (red > 127 ? 1 : 0));
  // Each digit of a number is the sum of its own in Gray code and of those above.
  const ticks = gray.reduce<number>((sum, _, bit) => sum + (gray.slice(bit).filter((digit) => digit === 1).length % 2) * 2 ** bit, 0);
  return (((now - ticks * tickMilliseconds) % round) + round) % round;
};
