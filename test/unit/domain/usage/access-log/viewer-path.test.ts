import fc from 'fast-check';
import { breakoutIdBytes, deliveryKinds, readViewerPath, type ViewerPath } from '../../../../../lambda/domain/usage/access-log/viewer-path.ts';
import { aToken, recordingPath, viewerPath } from '../../../../support/usage/an-access-log.ts';
import { itemIds } from '../../../../support/usage/ids.ts';

const read = (text: string) => {
  const bytes = Buffer.from(`before ${text} after`);
  const path: ViewerPath = { kind: 9, breakoutAt: 9, sessionAt: 9, isByCookies: true };
  readViewerPath(path, bytes, 7, 7 + Buffer.byteLength(text));
  const at = (from: number, length: number): string | undefined => (from < 0 ? undefined : bytes.toString('latin1', from, from + length));
  return { kind: deliveryKinds[path.kind], breakout: at(path.breakoutAt, breakoutIdBytes), session: at(path.sessionAt, 16), isByCookies: path.isByCookies };
};

const session = '0123456789abcdef';
const { breakout, account, event } = itemIds;

describe('readViewerPath', () => {
  it.each([
    ['a viewer', viewerPath(), { kind: 'AUDIENCE', breakout, session, isByCookies: false }],
    ['a viewer bound to address and country', viewerPath(breakout, aToken({ scope: 'vic' })), { kind: 'AUDIENCE', breakout, session, isByCookies: false }],
    ['a preview', viewerPath(breakout, aToken({ scope: 'p' })), { kind: 'MONITORING', breakout, session, isByCookies: false }],
    ['a recording', recordingPath(), { kind: 'RECORDING', breakout, session, isByCookies: false }],
    ['a recording by a viewer\'s token', recordingPath(breakout, aToken({ scope: 'v' })), { kind: 'RECORDING', breakout, session, isByCookies: false }],
    ['cookies', `/c/${breakout}/out/v1/a/index.m3u8`, { kind: 'AUDIENCE', breakout, session: undefined, isByCookies: true }],
    ['a token without a scope', viewerPath(breakout, `k1.abc.${session}.sig`), { kind: 'AUDIENCE', breakout, session: undefined, isByCookies: false }],
    ['a token of an unknown scope', viewerPath(breakout, aToken({ scope: 'x' })), { kind: 'AUDIENCE', breakout, session: undefined, isByCookies: false }],
    ['a session with other characters', viewerPath(breakout, aToken({ session: '0123456789abcde~' })), { kind: 'AUDIENCE', breakout, session: undefined, isByCookies: false }],
    ['a token of many parts', viewerPath(breakout, 'a.'.repeat(300)), { kind: 'AUDIENCE', breakout, session: undefined, isByCookies: false }],
    ['no token', `/t//${breakout}/a`, { kind: 'AUDIENCE', breakout, session: undefined, isByCookies: false }],
  ])('reads the path of %s', (_what, path, expected) => {
    expect(read(path)).toEqual(expected);
  });

  it.each([
    '', '/', '/t', '/t/', '/c/', `/${breakout}/a`, `/x/tok/${breakout}/a`, `/t/tok/${breakout}`, `/t/tok/${breakout}/`, `/t/tok/${breakout.toLowerCase()}/a`,
    `/t/tok/${breakout}0/a`, `/t/tok/${account}/${breakout}/a`, `/t/tok/${account}/${event}/x/${breakout}/a`, `/t/tok/%2e%2e/${breakout}/a`, `//t/tok/${breakout}/a`, `/t/tok/bko_01JD00000000000000000000IL/a`,
  ])('finds no breakout in %s', (path) => {
    expect(read(path).breakout).toBeUndefined();
  });

  it('reads nothing beyond the path, whatever it is', () => {
    const part = fc.constantFrom('/', '.', 't', 'c', 'bko_', 'acc_', breakout, account, event, aToken(), '%2F', 'ü', '..');
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
        const path = `/t/${parts.join('')}`;
        const found = read(path);
        if (found.breakout !== undefined) expect(path).toContain(`/${found.breakout}/`);
        if (found.session !== undefined) expect(path).toContain(`.${found.session}.`);
      }),
      { seed: 8, numRuns: 500 },
    );
  });
});
