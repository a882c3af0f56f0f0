import { repeated, type CrossCheck } from './configuration-problem.ts';
import type { CookiesConfiguration } from './cookies.ts';
import type { StageConfiguration } from './stage-configuration.ts';

const isBelow = (host: string, domain: string): boolean => host === domain || host.endsWith(`.${domain}`);

const strangers = ({ webOrigins, domain }: CookiesConfiguration): readonly string[] => webOrigins.filter((origin) => new URL(origin).origin !== origin || !isBelow(new URL(origin).hostname, domain));

/** Rules between what a stage says of cookies and of its domain. */
export const cookieChecks: readonly CrossCheck<StageConfiguration>[] = [
  {
    condition: ({ delivery: { cookies, domainName } }) => cookies !== undefined && (domainName === undefined || !isBelow(domainName, cookies.domain)),
    message: ({ delivery: { cookies, domainName } }) => ({
      field: 'delivery.cookies.domain',
      wrong: 'no browser sends cookies of this domain to the edge',
      got: { domain: cookies?.domain, domainName },
      allowed: 'a domain that delivery.domainName is or is below',
      change: 'give delivery.domainName and its certificate, or remove cookies',
    }),
  },
  {
    condition: ({ delivery: { cookies } }) => cookies !== undefined && strangers(cookies).length > 0,
    message: ({ delivery: { cookies } }) => ({
      field: 'delivery.cookies.webOrigins',
      wrong: 'players there share no domain with the edge, or this is no origin',
      got: cookies === undefined ? [] : strangers(cookies),
      allowed: `origins without a path, of ${cookies?.domain ?? ''} or below it`,
      change: 'give tokens to players elsewhere: they need no cookies',
    }),
  },
  {
    condition: ({ delivery: { cookies } }) => cookies !== undefined && repeated(cookies.keys.map(({ id }) => id)).length > 0,
    message: ({ delivery: { cookies } }) => ({
      field: 'delivery.cookies.keys',
      wrong: 'two keys have the same id',
      got: repeated((cookies?.keys ?? []).map(({ id }) => id)),
      allowed: 'each id once',
      change: 'remove the one that the secret does not have',
    }),
  },
];
