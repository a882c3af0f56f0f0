import * as z from 'zod';
import { cookieKeyIdPattern } from '../../lambda/contract/viewer-cookies.ts';

/** A key group takes five. https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html */
const mostKeys = 5;

const keyError = 'a public key in PEM, as the rotation of cookie keys writes it';

/** How a stage gives cookies to viewers whose player is on a site of the edge's own domain. */
export const cookiesSchema = z.strictObject({
  /** What player and edge share: `example.com`, where the edge is below it. */
  domain: z.hostname({ error: 'a host name such as "example.com"' }),
  /** The sites on which players are, which may send cookies: `https://www.example.com`. */
  webOrigins: z.array(z.url({ protocol: /^https?$/, error: 'an origin such as "https://www.example.com"' })).min(1, { error: 'at least one origin' }),
  /** The public keys by which CloudFront verifies cookies. `node scripts/rotate-viewer-keys.ts` keeps them. */
  keys: z
    .array(
      z.strictObject({
        id: z.string({ error: '1 to 16 of a-z and 0-9' }).regex(cookieKeyIdPattern, { error: '1 to 16 of a-z and 0-9' }),
        publicKey: z.string({ error: keyError }).startsWith('-----BEGIN PUBLIC KEY-----', { error: keyError }),
      }),
    )
    .min(1, { error: 'at least one key' })
    .max(mostKeys, { error: `at most ${mostKeys} keys` }),
});

export type CookiesConfiguration = z.output<typeof cookiesSchema>;
