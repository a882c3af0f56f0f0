import { verify } from 'node:crypto';
import { z } from 'zod';
import { isRevoked, type ViewerClaims } from './viewer-revocations.ts';
import type { IvsRecords } from '../records.ts';

/** What a valid token lets its bearer do. */
export interface PlaybackGrant extends ViewerClaims {
  readonly singleUse?: string;
  /** The origins that playlists may be asked for from; absent where all may. */
  readonly origins?: readonly string[];
  readonly isStrict: boolean;
  /** The largest picture, in lines; absent where all are allowed. */
  readonly mostLines?: number;
}

/** Where a token is shown. */
export interface TokenUse {
  readonly channelId: string;
  readonly channelArn: string;
  readonly now: number;
}

const longestTokenBytes = 2048;
/** With a viewer's name, or for one use. https://docs.aws.amazon.com/ivs/latest/LowLatencyUserGuide/private-channels-generate-tokens.html */
const longestNamedSeconds = 600;
const mostStrictOrigins = 5;

const headerSchema = z.looseObject({ alg: z.literal('ES384') });
const payloadSchema = z.looseObject({
  'aws:channel-arn': z.string(),
  'aws:access-control-allow-origin': z.string().optional(),
  'aws:strict-origin-enforcement': z.boolean().default(false),
  'aws:single-use-uuid': z.guid().optional(),
  'aws:viewer-id': z.string().min(1).max(40).optional(),
  'aws:viewer-session-version': z.int().default(0),
  'aws:maximum-resolution': z.enum(['SD', 'HD', 'FULL_HD']).optional(),
  exp: z.int(),
});
const linesOf = { SD: 480, HD: 720, FULL_HD: 1080 } as const;

/** What a playback token grants, or why it grants nothing. */
export const readToken = (records: IvsRecords, token: string, { channelId, channelArn, now }: TokenUse): PlaybackGrant | { readonly refusal: string } => {
  const claims = provenClaims(records, token);
  if (claims === undefined) return { refusal: 'the token is not one that an imported key pair has signed with ES384' };
  if (claims['aws:channel-arn'] !== channelArn) return { refusal: 'the token is for another channel' };
  const secondsLeft = claims.exp - now / 1000;
  if (secondsLeft <= 0) return { refusal: 'the token has expired' };
  const { 'aws:viewer-id': viewerId, 'aws:single-use-uuid': singleUse, 'aws:strict-origin-enforcement': isStrict, 'aws:maximum-resolution': most } = claims;
  if ((viewerId !== undefined || singleUse !== undefined) && secondsLeft > longestNamedSeconds) return { refusal: `exp is ${Math.ceil(secondsLeft)} s ahead: with a viewer id, or for one use, at most ${longestNamedSeconds} s are allowed` };
  const origins = originsOf(claims['aws:access-control-allow-origin']);
  if (isStrict && (origins?.length ?? 0) > mostStrictOrigins) return { refusal: `strict enforcement takes at most ${mostStrictOrigins} origins` };
  const viewer = { channelId, version: claims['aws:viewer-session-version'], ...(viewerId === undefined ? {} : { viewerId }) };
  if (isRevoked(records, viewer)) return { refusal: 'the viewer session is revoked' };
  return { ...viewer, isStrict, ...(singleUse === undefined ? {} : { singleUse }), ...(origins === undefined ? {} : { origins }), ...(most === undefined ? {} : { mostLines: linesOf[most] }) };
};

/** Whether a request's origin is one of those that a token names; `https://*.example.com` names every host below. */
export const isOriginAllowed = (allowed: readonly string[] | undefined, origin: string | undefined, isRequired: boolean): boolean => {
  if (allowed === undefined) return true;
  // Only browsers say their origin; unless it is enforced, nobody else must.
  if (origin === undefined) return !isRequired;
  return allowed.some((pattern) => pattern === origin || (pattern.includes('://*.') && origin.startsWith(pattern.slice(0, pattern.indexOf('*'))) && origin.endsWith(pattern.slice(pattern.indexOf('*') + 1))));
};

const originsOf = (text: string | undefined): readonly string[] | undefined => {
  const origins = text?.split(',').map((origin) => origin.trim()).filter((origin) => origin !== '') ?? [];
  return origins.length === 0 || origins.includes('*') ? undefined : origins;
};

const provenClaims = ({ keyPairs }: IvsRecords, token: string): z.infer<typeof payloadSchema> | undefined => {
  const [header = '', payload = '', signature = '', ...others] = token.split('.');
  if (token.length > longestTokenBytes || others.length > 0 || !headerSchema.safeParse(jsonOf(header)).success) return undefined;
  const bytes = Buffer.from(`${header}.${payload}`);
  const proof = Buffer.from(signature, 'base64url');
  const isSigned = [...keyPairs.values()].some(({ publicKey }) => verify('sha384', bytes, { key: publicKey, dsaEncoding: 'ieee-p1363' }, proof));
  return isSigned ? payloadSchema.safeParse(jsonOf(payload)).data : undefined;
};

const jsonOf = (part: string): unknown => {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
};
