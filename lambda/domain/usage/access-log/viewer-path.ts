/** What the edge's paths are for: watching a show, looking after it, watching what was recorded of it. */
export const deliveryKinds = ['AUDIENCE', 'MONITORING', 'RECORDING'] as const;

/** What a delivery was for. */
export type DeliveryKind = (typeof deliveryKinds)[number];

/** What a viewer's path says; places in the bytes that were read, -1 for what it does not have. */
export interface ViewerPath {
  /** An index of {@link deliveryKinds}. */
  kind: number;
  /** Where the breakout's id begins, which has {@link breakoutIdBytes}. */
  breakoutAt: number;
  /** Where the token's session begins, which has 16 characters of base64url. */
  sessionAt: number;
  /** `/c/…`: let in by cookies, which no log keeps. */
  isByCookies: boolean;
}

/** `bko_` and a ULID. */
export const breakoutIdBytes = 30;

const slash = 47;
const dot = 46;
const letterC = 99;
const letterT = 116;
const sessionCharacters = 16;
const audience = 0;
const recording = 2;

/** The letters of a token's scope, by kind. */
const kindOfLetter: Readonly<Record<number, number>> = { 118: audience, 112: 1, 114: recording };

/** Characters of base64url, and of Crockford's base 32 as ULIDs write it. */
const tableOf = (characters: string): Uint8Array => {
  const table = new Uint8Array(256);
  for (const character of characters) table[character.charCodeAt(0)] = 1;
  return table;
};
const upper = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const isBase64Url = tableOf(`${upper}${upper.toLowerCase()}0123456789-_`);
const isUlid = tableOf('0123456789ABCDEFGHJKMNPQRSTVWXYZ');

const allIn = (table: Uint8Array, bytes: Uint8Array, from: number, to: number): boolean => {
  for (let at = from; at < to; at += 1) if (table[bytes[at] ?? 0] === 0) return false;
  return true;
};

const startsWith = (bytes: Uint8Array, from: number, to: number, a: number, b: number, c: number): boolean =>
  from + 4 < to && bytes[from] === a && bytes[from + 1] === b && bytes[from + 2] === c && bytes[from + 3] === 95;

const isAccount = (bytes: Uint8Array, from: number, to: number): boolean => startsWith(bytes, from, to, 97, 99, 99);

const isBreakout = (bytes: Uint8Array, from: number, to: number): boolean =>
  startsWith(bytes, from, to, 98, 107, 111) && from + breakoutIdBytes + 1 < to && bytes[from + breakoutIdBytes] === slash && allIn(isUlid, bytes, from + 4, from + breakoutIdBytes);

/** Where the segment after the next slash begins; `to` when there is none. */
const nextSegment = (bytes: Uint8Array, from: number, to: number): number => {
  for (let at = from; at < to; at += 1) if (bytes[at] === slash) return at + 1;
  return to;
};

/** Where a token's parts begin; used again for each path. */
const parts = new Int32Array(6);

/**
 * Reads `<keyId>.<expiry>.<session>.<scope>.<signature>/`; a token of any other form has no session and is a viewer's.
 * Answers where the segment after it begins.
 */
const readToken = (path: ViewerPath, bytes: Uint8Array, from: number, to: number): number => {
  let dots = 0;
  let at = from;
  for (; at < to; at += 1) {
    const byte = bytes[at];
    if (byte === slash) break;
    if (byte !== dot) continue;
    dots += 1;
    if (dots < 6) parts[dots] = at + 1;
  }
  const sessionAt = parts[2] ?? 0;
  const scopeAt = parts[3] ?? 0;
  const kind = kindOfLetter[bytes[scopeAt] ?? 0];
  if (dots !== 4 || kind === undefined) return at + 1;
  path.kind = kind;
  if (scopeAt - 1 - sessionAt === sessionCharacters && allIn(isBase64Url, bytes, sessionAt, scopeAt - 1)) path.sessionAt = sessionAt;
  return at + 1;
};

/**
 * Reads a path as the viewer sent it: `/t/<token>/<breakout>/…`, `/c/<breakout>/…` or
 * `/t/<token>/<account>/<event>/<breakout>/…` (recordings). `path` is written over; `breakoutAt` stays -1 where the path
 * has another form.
 */
export const readViewerPath = (path: ViewerPath, bytes: Uint8Array, from: number, to: number): void => {
  path.kind = audience;
  path.breakoutAt = -1;
  path.sessionAt = -1;
  const letter = bytes[from + 1];
  path.isByCookies = letter === letterC;
  if (from + 3 >= to || bytes[from] !== slash || bytes[from + 2] !== slash || (letter !== letterT && letter !== letterC)) return;
  let at = letter === letterT ? readToken(path, bytes, from + 3, to) : from + 3;
  if (isAccount(bytes, at, to)) {
    path.kind = recording;
    at = nextSegment(bytes, nextSegment(bytes, at, to), to);
  }
  if (isBreakout(bytes, at, to)) path.breakoutAt = at;
};
