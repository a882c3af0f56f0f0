/** What somebody watches with, as far as the user agent field tells. */
export interface AgentFamilies {
  readonly device: string;
  readonly browser: string;
  readonly system: string;
}

/** The first pattern that a user agent matches names the family. Order matters: televisions also say Linux, Android and Safari. */
type FamilyTable = readonly (readonly [family: string, pattern: RegExp])[];

const devices: FamilyTable = [
  ['BOT', /bot\b|crawler|spider|monitor|uptime|curl\/|wget\/|python|go-http|okhttp\/|postman/i],
  ['CONSOLE', /playstation|xbox|nintendo/i],
  ['TELEVISION', /smart-?tv|smarttv|\btv\b|tizen.*tv|web0s|webos|hbbtv|netcast|bravia|viera|aquos|philipstv|roku|appletv|apple tv|tvos|googletv|android tv|crkey|chromecast|aft[a-z]{1,4}\b|fire ?tv|vidaa|nettv|shield/i],
  ['TABLET', /ipad|tablet|kindle|silk(?!.*mobile)|android(?!.*mobile)/i],
  ['PHONE', /iphone|ipod|mobile|windows phone|cfnetwork.*darwin/i],
  ['COMPUTER', /windows nt|macintosh|mac os x|x11|linux|cros/i],
];

const browsers: FamilyTable = [
  ['ExoPlayer', /exoplayer|media3/i],
  ['Apple player', /applecoremedia/i],
  ['VLC', /\bvlc\b|libvlc/i],
  ['FFmpeg', /lavf|ffmpeg|ffplay/i],
  ['GStreamer', /gstreamer/i],
  ['Roku', /roku/i],
  ['Edge', /\bedge?(?:a|ios)?\//i],
  ['Opera', /\bopr\/|opera/i],
  ['Samsung Internet', /samsungbrowser/i],
  ['Silk', /\bsilk\//i],
  ['Television browser', /smart-?tv|tizen|web0s|webos|hbbtv|netcast|vidaa|bravia/i],
  ['Firefox', /firefox|fxios/i],
  ['Chrome', /chrome|crios|chromium/i],
  ['Safari', /safari|version\/[\d.]+.*applewebkit/i],
];

const systems: FamilyTable = [
  ['PlayStation', /playstation/i],
  ['Xbox', /xbox/i],
  ['Nintendo', /nintendo/i],
  ['Tizen', /tizen/i],
  ['webOS', /web0s|webos|netcast/i],
  ['Roku OS', /roku/i],
  ['tvOS', /appletv|apple tv|tvos/i],
  ['VIDAA', /vidaa/i],
  ['Fire OS', /\baft[a-z]{1,4}\b|fire ?tv|silk|kindle/i],
  ['iOS', /iphone|ipad|ipod/i],
  ['Android', /android|crkey|googletv/i],
  ['Windows', /windows/i],
  ['ChromeOS', /\bcros\b/i],
  ['macOS', /macintosh|mac os x|darwin/i],
  ['Linux', /linux|x11/i],
];

/** What no table names. */
const otherFamily = 'Other';

const familyIn = (table: FamilyTable, agent: string): string | undefined => table.find(([, pattern]) => pattern.test(agent))?.[0];

const unescaped = (text: string): string => text.replace(/%([0-9A-Fa-f]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));

/** Longer user agents are made up; what tells the family stands in front. */
const mostCharacters = 1024;

/**
 * The families of a user agent as an access log writes it: percent-encoded, sometimes twice. Who sends none, or
 * something odd, is of the family Other.
 */
export const agentFamilies = (logged: string): AgentFamilies => {
  const agent = unescaped(unescaped(logged.slice(0, mostCharacters)));
  return { device: familyIn(devices, agent) ?? 'OTHER', browser: familyIn(browsers, agent) ?? otherFamily, system: familyIn(systems, agent) ?? otherFamily };
};
