/** The resolution classes of encoders and converters on the bill. */
export type ResolutionClass = 'SD' | 'HD' | 'UHD';

/**
 * The class of a picture: below 1280×720 is SD, up to 1920×1080 HD, above UHD.
 * Source: the cost examples of Live Streaming on AWS (960×540 is SD, 1280×720 is HD).
 */
export const resolutionClass = (widthPixels: number, heightPixels: number): ResolutionClass => {
  const long = Math.max(widthPixels, heightPixels);
  const short = Math.min(widthPixels, heightPixels);
  if (long < 1280 && short < 720) return 'SD';
  return long <= 1920 && short <= 1080 ? 'HD' : 'UHD';
};

/** The first of ascending limits that holds a value, or undefined when it is above all. */
export const classUpTo = <Limit extends number>(value: number, limits: readonly Limit[]): Limit | undefined => limits.find((limit) => value <= limit);
