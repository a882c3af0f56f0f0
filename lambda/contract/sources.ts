import * as z from 'zod';

/** The widest range that an encoder may push from: a wider one lets strangers take a show over. */
const widestSourcePrefix = 8;

/**
 * MediaLive takes so many rules a security group.
 * https://docs.aws.amazon.com/medialive/latest/ug/working-with-input-security-groups.html
 */
export const mostSources = 10;

/** An IPv4 range that may push. */
export const sourceSchema = z
  .cidrv4({ error: 'expected an IPv4 range such as 203.0.113.7/32', abort: true })
  .refine((cidr) => Number(cidr.split('/')[1]) >= widestSourcePrefix, {
    error: `expected an IPv4 range of /${widestSourcePrefix} or narrower such as 203.0.113.7/32: never the whole internet`,
  });
