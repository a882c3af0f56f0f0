import { digestAuthorization, digestChallenge, provesDigest } from '../../../../../local/media/http/digest.ts';

const credentials = { username: 'encoder', password: 'secret' };
const challenge = digestChallenge('realm', 'nonce');

describe('digest authentication', () => {
  it('accepts who knows the password', () => {
    expect(provesDigest(digestAuthorization(challenge, credentials, 'PUT', '/in'), 'nonce', credentials, 'PUT')).toBe(true);
  });

  it.each([
    ['another password', digestAuthorization(challenge, { ...credentials, password: 'guess' }, 'PUT', '/in')],
    ['another method', digestAuthorization(challenge, credentials, 'GET', '/in')],
    ['another nonce', digestAuthorization(digestChallenge('realm', 'old'), credentials, 'PUT', '/in')],
    ['basic credentials', 'Basic ZW5jb2RlcjpzZWNyZXQ='],
    ['nothing', undefined],
  ])('rejects %s', (_, header) => {
    expect(provesDigest(header, 'nonce', credentials, 'PUT')).toBe(false);
  });
});
