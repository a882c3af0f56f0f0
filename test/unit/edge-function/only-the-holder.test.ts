import fc from 'fast-check';
import { breakoutCacheHeader, edgeStoreKey } from '../../../lambda/contract/viewer-token.ts';
import { aHolder, aRequest, aStore, asked, aToken, breakoutId, cookieRequest, distributionId, nowSeconds, otherBreakoutId, tokenUrl } from '../../support/edge/a-viewer.ts';

// What paths are made of by players, and by those who try what else gets through.
const oddPieces = ['..', '.', '', '%2e%2e', '%2E', '%2f', '%5c', '\\', '%00', '%', '%25', '%252f', ';', '?', '#', 'é', '\u0000', 'a'.repeat(300), 't', 'c', 'start', 'end', '0', '%63'];
const goodPieces = ['out', 'v1', '0123456789abcdef', 'index.m3u8', 'index_1_12.ts', 'index.ism', 'QualityLevels(1)', 'Fragments(v=0)', 'Manifest'];
const ids = [breakoutId, otherBreakoutId];
const tokens = [aToken(), aToken({ signedFor: otherBreakoutId }), aToken({ scope: 'p' }), aToken({ scope: 'r' }), aToken({ expiresAt: nowSeconds }), aToken({ signingKey: 'x'.repeat(64) }), 'nonsense'];

const piece = fc.oneof(fc.constantFrom(...oddPieces), fc.constantFrom(...goodPieces), fc.constantFrom(...ids), fc.constantFrom(...tokens), fc.string({ maxLength: 12 }));
const anyPath = fc.array(piece, { maxLength: 12 }).map((pieces) => `/${pieces.join('/')}`);
const packagersOwn = fc.array(fc.constantFrom(...goodPieces), { minLength: 1, maxLength: 4 }).map((pieces) => `/out/v1/0123/${pieces.join('/')}`);
const anyEnd = fc.oneof(anyPath, packagersOwn, fc.tuple(packagersOwn, anyPath).map((both) => both.join('')));
const viewersPath = fc.oneof(
  anyPath,
  fc.tuple(fc.constantFrom(...tokens), fc.constantFrom(...ids), anyEnd).map(([token, id, end]) => tokenUrl(token, id, end)),
  fc.tuple(fc.constantFrom(...ids), anyEnd).map(([id, end]) => `/c/${id}${end}`),
);
const query = fc.dictionary(fc.constantFrom('start', 'end', 'm', 'Start', 'x'), fc.constantFrom('0', String(nowSeconds - 10), String(nowSeconds + 10), 'now', ''), { maxKeys: 2 });

const safePath = /^\/out\/v1(\/[^/%\\;?#]+|\/[^/\\;?#]*%(?:2[89bcBC]|3[adAD])[^/\\;?#]*)+$/;

describe('whatever path a viewer sends', () => {
  it('only objects of the breakout that is held are ever asked of the packager', async () => {
    let served = 0;
    await fc.assert(
      fc.asyncProperty(viewersPath, query, fc.constantFrom(...tokens), async (path, parameters, cookie) => {
        const event = aRequest(path, { query: parameters });
        const { request } = cookieRequest(cookie);
        const result = await asked({ ...event, request: { ...event.request, cookies: request.cookies } });

        if (result.statusCode !== undefined) return;
        served += 1;
        expect(result.headers[breakoutCacheHeader]).toEqual({ value: breakoutId });
        expect(result.uri).toMatch(safePath);
        expect(result.uri?.split('/')).not.toEqual(expect.arrayContaining(['..']));
        expect(path.endsWith(result.uri!)).toBe(true);
        expect(path.split('/')[path.startsWith('/t/') ? 3 : 2]).toBe(breakoutId);
      }),
      { numRuns: 2000 },
    );
    expect(served).toBeGreaterThan(0);
  });

  it('nothing is served to a viewer of the show before or after', async () => {
    const showsPath = fc.tuple(fc.constantFrom(...ids), packagersOwn);
    await fc.assert(
      fc.asyncProperty(showsPath, fc.integer({ min: -200, max: 400 }), async ([id, path], offset) => {
        // One show until second 60, the next from 100 on, its ingest from 90: two that share a pipeline.
        const held = offset < 90
          ? aHolder({ breakoutId, began: nowSeconds - 500, from: nowSeconds - 400, until: nowSeconds + 60 })
          : aHolder({ breakoutId: otherBreakoutId, began: nowSeconds + 90, from: nowSeconds + 100, until: null });
        const at = nowSeconds + offset;
        const token = aToken({ signedFor: id, expiresAt: at + 60 });

        const { uri } = await asked(tokenUrl(token, id, path), aStore({ [edgeStoreKey.holder(distributionId)]: held }), at);

        const isShown = id === breakoutId ? offset <= 60 : offset >= 100;
        expect(uri).toBe(isShown ? path : undefined);
      }),
      { numRuns: 500 },
    );
  });
});
