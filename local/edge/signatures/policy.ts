import { z } from 'zod';

const seconds = z.object({ 'AWS:EpochTime': z.int() });

const policySchema = z.strictObject({
  Statement: z.tuple([
    z.strictObject({
      Resource: z.string().regex(/^http[s*]*:\/\/|^\*/),
      Condition: z.strictObject({
        DateLessThan: seconds,
        DateGreaterThan: seconds.optional(),
        IpAddress: z.object({ 'AWS:SourceIp': z.string() }).optional(),
      }),
    }),
  ]),
});

/** The one statement of a custom policy. */
export type PolicyStatement = z.output<typeof policySchema>['Statement'][0];

/** A policy's statement; undefined for what CloudFront would not take: it has one statement, and no member that it does not know. */
export const readPolicy = (text: string): PolicyStatement | undefined => {
  try {
    return policySchema.parse(JSON.parse(text)).Statement[0];
  } catch {
    return undefined;
  }
};

/** The policy that a canned signature is over. */
export const cannedPolicy = (url: string, expires: string): string => `{"Statement":[{"Resource":"${url}","Condition":{"DateLessThan":{"AWS:EpochTime":${expires}}}}]}`;

const matches = (pattern: string, url: string): boolean =>
  new RegExp(`^${pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*').replaceAll('?', '.')}$`, 's').test(url);

const addressNumber = (ip: string): number | undefined => {
  const parts = ip.split('.').map(Number);
  return parts.length === 4 && parts.every((part) => Number.isInteger(part) && part >= 0 && part <= 255) ? parts.reduce((sum, part) => sum * 256 + part, 0) : undefined;
};

/** Whether an IPv4 address is in a range; an IPv6 one is in none. */
const isInRange = (ip: string, range: string): boolean => {
  const [network = '', bits = '32'] = range.split('/');
  const [address, base] = [addressNumber(ip), addressNumber(network)];
  const size = 2 ** (32 - Number(bits));
  return address !== undefined && base !== undefined && Math.floor(address / size) === Math.floor(base / size);
};

/** Whether a statement lets a URL pass for an address at a second. */
export const lets = ({ Resource, Condition }: PolicyStatement, url: string, ip: string, now: number): boolean => {
  const { DateLessThan, DateGreaterThan, IpAddress } = Condition;
  if (now >= DateLessThan['AWS:EpochTime'] || (DateGreaterThan && now <= DateGreaterThan['AWS:EpochTime'])) return false;
  if (IpAddress && IpAddress['AWS:SourceIp'] !== '0.0.0.0/0' && !isInRange(ip, IpAddress['AWS:SourceIp'])) return false;
  return matches(Resource, url);
};
