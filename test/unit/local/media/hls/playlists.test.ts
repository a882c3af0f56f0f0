import fc from 'fast-check';
import { readMediaPlaylist, writeMediaPlaylist } from '../../../../../local/media/hls/media-playlist.ts';
import { readMultivariantPlaylist, writeMultivariantPlaylist } from '../../../../../local/media/hls/multivariant-playlist.ts';

const segment = fc.record({
  uri: fc.stringMatching(/^[a-z0-9_]{1,12}\.ts$/),
  durationMilliseconds: fc.integer({ min: 1, max: 30_000 }),
  programDateTime: fc.integer({ min: 0, max: 4_000_000_000_000 }),
  isDiscontinuous: fc.constant(true),
}, { requiredKeys: ['uri', 'durationMilliseconds'] });

const variant = fc.record({
  uri: fc.stringMatching(/^[a-z0-9_]{1,12}\.m3u8$/),
  bandwidth: fc.integer({ min: 1, max: 1e8 }),
  widthPixels: fc.constant(640),
  heightPixels: fc.constant(360),
  framesPerSecond: fc.constantFrom(25, 29.97, 30),
  codecs: fc.constant('avc1.64001E,mp4a.40.2'),
});

describe('HLS playlists', () => {
  it('read back as they were written', () => {
    fc.assert(fc.property(fc.array(segment, { maxLength: 8 }), fc.nat(1_000_000), fc.boolean(), (segments, mediaSequence, hasEnded) => {
      const playlist = { mediaSequence, targetDurationSeconds: 6, segments, hasEnded };

      expect(readMediaPlaylist(writeMediaPlaylist(playlist))).toEqual(playlist);
    }));
  });

  it('read back their streams', () => {
    fc.assert(fc.property(fc.array(variant, { minLength: 1, maxLength: 5 }), (streams) => {
      expect(readMultivariantPlaylist(writeMultivariantPlaylist(streams))).toEqual(streams);
    }));
  });

  it('are told from each other and from anything else', () => {
    expect(readMultivariantPlaylist(writeMediaPlaylist({ mediaSequence: 0, targetDurationSeconds: 2, segments: [] }))).toBeUndefined();
    expect(readMediaPlaylist('not a playlist')).toBeUndefined();
  });

  it('survive any text', () => {
    fc.assert(fc.property(fc.string(), (text) => {
      readMediaPlaylist(`#EXTM3U\n${text}`);
      readMultivariantPlaylist(`#EXTM3U\n${text}`);
    }));
  });
});
