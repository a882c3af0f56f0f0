import { awaitedPlace, mediaPath, readMediaRequest } from '../../../../../local/services/ivs/playback/media-request.ts';

const viewId = 'a'.repeat(40);
const place = { viewId, rendition: 1, number: 12, part: 3 };

describe('a request of a player', () => {
  it.each([
    ['playlist', { ...place, kind: 'playlist' as const, number: 0, part: 0 }],
    ['segment', { ...place, kind: 'segment' as const, part: 0 }],
    ['part', { ...place, kind: 'part' as const }],
    ['initialisation section', { ...place, kind: 'init' as const, part: 0 }],
  ])('for a %s is read as it was made', (_, request) => {
    expect(readMediaRequest(mediaPath(request, 'mp4'))).toEqual(request);
  });

  it.each([`/v1/part/${viewId}/0/1.ts`, `/v1/segment/${viewId}/0/1.2.ts`, `/v1/playlist/${viewId}/0/1.m3u8`, `/v1/segment/short/0/1.ts`, `/v1/segment/${viewId}/0/1.m4s`])('is none at %s', (path) => {
    expect(readMediaRequest(path)).toBeUndefined();
  });

  it.each<[string, ReturnType<typeof awaitedPlace>]>([
    ['', undefined], ['_HLS_msn=7', { segment: 7 }], ['_HLS_msn=7&_HLS_part=2', { segment: 7, part: 2 }],
    ['_HLS_part=2', '_HLS_part without _HLS_msn'], ['_HLS_msn=x', '_HLS_msn and _HLS_part must be whole numbers'], ['_HLS_msn=1&_HLS_part=-1', '_HLS_msn and _HLS_part must be whole numbers'],
  ])('waits as %p says', (query, awaited) => {
    expect(awaitedPlace(new URLSearchParams(query))).toEqual(awaited);
  });
});
