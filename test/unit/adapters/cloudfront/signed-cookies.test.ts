import { createVerify } from 'node:crypto';
import fc from 'fast-check';
import { cookieBase64, cookiePolicyText, signedCookieNames, signedCookies } from '../../../../lambda/adapters/cloudfront/signed-cookies.ts';
import { aKeyPair } from '../../../support/edge/cookie-stage.ts';

const { privateKey, publicKey } = aKeyPair();
const key = { keyPairId: 'K1234567890ABC', privateKey };

// The inverse of the encoding, written from CloudFront's table rather than from ours.
const decoded = (text: string): Buffer => Buffer.from(text.replaceAll(/[-_~]/g, (character) => (character === '-' ? '+' : character === '_' ? '=' : '/')), 'base64');

const policies = fc.record(
  {
    resource: fc.tuple(fc.constantFrom('http', 'https'), fc.domain(), fc.stringMatching(/^[A-Za-z0-9_-]{1,40}$/)).map(([scheme, host, id]) => `${scheme}://${host}/c/${id}/*`),
    expiresAt: fc.integer({ min: 1_500_000_000, max: 4_000_000_000 }),
    ip: fc.ipV4(),
  },
  { requiredKeys: ['resource', 'expiresAt'] },
);

describe("CloudFront's signed cookies", () => {
  it('carry a policy that reads back as it was meant, signed over exactly its bytes', () => {
    fc.assert(
      fc.property(policies, (policy) => {
        const cookies = signedCookies(policy, key);
        const text = decoded(cookies['CloudFront-Policy']).toString('utf8');

        expect(text).toBe(cookiePolicyText(policy));
        expect(JSON.parse(text)).toEqual({
          Statement: [
            {
              Resource: policy.resource,
              Condition: { DateLessThan: { 'AWS:EpochTime': policy.expiresAt }, ...(policy.ip !== undefined && { IpAddress: { 'AWS:SourceIp': `${policy.ip}/32` } }) },
            },
          ],
        });
        expect(text).not.toMatch(/\s/);
        expect(createVerify('sha256').update(text).verify(publicKey, decoded(cookies['CloudFront-Signature']))).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('encode any bytes in characters that cookies and URLs take as they are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const text = cookieBase64(Buffer.from(bytes));

        expect(text).toMatch(/^[A-Za-z0-9\-_~]*$/);
        expect(decoded(text)).toEqual(Buffer.from(bytes));
      }),
    );
  });

  it('carry the policy that the AWS CLI makes of the same', () => {
    // aws cloudfront sign --url … --date-less-than 2026-11-23T10:00:00Z --ip-address 203.0.113.7 (botocore 1.43.11)
    const recorded = 'eyJTdGF0ZW1lbnQiOlt7IlJlc291cmNlIjoiaHR0cHM6Ly9tYWluLmxpdmUuZXhhbXBsZS5jb20vYy9ia29fMDFKRDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAvKiIsIkNvbmRpdGlvbiI6eyJEYXRlTGVzc1RoYW4iOnsiQVdTOkVwb2NoVGltZSI6MTc5NTQyODAwMH0sIklwQWRkcmVzcyI6eyJBV1M6U291cmNlSXAiOiIyMDMuMC4xMTMuNy8zMiJ9fX1dfQ__';
    const policy = { resource: 'https://main.live.example.com/c/bko_01JD0000000000000000000000/*', expiresAt: Date.parse('2026-11-23T10:00:00Z') / 1000, ip: '203.0.113.7' };

    expect(signedCookies(policy, key)['CloudFront-Policy']).toBe(recorded);
  });

  it('say by which key and with which hash they are signed', () => {
    const cookies = signedCookies({ resource: 'https://main.live.example.com/c/bko_1/*', expiresAt: 1_800_000_000 }, key);

    expect(Object.keys(cookies)).toEqual([...signedCookieNames]);
    expect(cookies).toMatchObject({ 'CloudFront-Key-Pair-Id': 'K1234567890ABC', 'CloudFront-Hash-Algorithm': 'SHA256' });
  });

  it('name no IPv6 address, which CloudFront does not compare', () => {
    expect(cookiePolicyText({ resource: 'https://a/*', expiresAt: 1, ip: '2001:db8::1' })).toBe('{"Statement":[{"Resource":"https://a/*","Condition":{"DateLessThan":{"AWS:EpochTime":1}}}]}');
  });
});
