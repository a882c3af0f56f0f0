import { box, fullBox, unsigned16, unsigned32, zeros } from './box.ts';
import { sampleEntry } from './sample-entry.ts';
import type { Track } from './track.ts';

/** Tracks are counted from here; the only track of a file has this number. */
export const firstTrackId = 1;

const unityMatrix = unsigned32(0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000);
const undeterminedLanguage = 0x55c4;

/** The initialisation segment of tracks: how to decode, and no media. Of one track it is a CMAF header, whose tracks are files apart. */
export const initSegment = (...tracks: readonly Track[]): Buffer =>
  Buffer.concat([
    box('ftyp', Buffer.from('iso6'), unsigned32(1), Buffer.from(tracks.length === 1 ? 'iso6cmfcdash' : 'iso6mp42')),
    box(
      'moov',
      movieHeader(tracks.length),
      ...tracks.map((track, index) => trackBox(track, firstTrackId + index)),
      box('mvex', ...tracks.map((_, index) => fullBox('trex', 0, 0, unsigned32(firstTrackId + index, 1, 0, 0, 0)))),
    ),
  ]);

const movieHeader = (tracks: number): Buffer =>
  fullBox('mvhd', 0, 0, unsigned32(0, 0, 1000, 0, 0x10000), unsigned16(0x0100, 0), zeros(8), unityMatrix, zeros(24), unsigned32(firstTrackId + tracks));

const trackBox = (track: Track, trackId: number): Buffer => {
  const [width, height] = track.kind === 'video' ? [track.widthPixels, track.heightPixels] : [0, 0];
  const volume = track.kind === 'audio' ? 0x0100 : 0;
  return box(
    'trak',
    fullBox('tkhd', 0, 3, unsigned32(0, 0, trackId, 0, 0), zeros(8), unsigned16(0, 0, volume, 0), unityMatrix, unsigned32(width * 0x10000, height * 0x10000)),
    box('mdia', fullBox('mdhd', 0, 0, unsigned32(0, 0, track.timescale, 0), unsigned16(undeterminedLanguage, 0)), handler(track), mediaInformation(track)),
  );
};

const handler = ({ kind }: Track): Buffer => fullBox('hdlr', 0, 0, unsigned32(0), Buffer.from(kind === 'video' ? 'vide' : 'soun'), zeros(12), Buffer.from(`${kind}\0`));

const mediaInformation = (track: Track): Buffer =>
  box(
    'minf',
    track.kind === 'video' ? fullBox('vmhd', 0, 1, zeros(8)) : fullBox('smhd', 0, 0, zeros(4)),
    box('dinf', fullBox('dref', 0, 0, unsigned32(1), fullBox('url ', 0, 1))),
    box(
      'stbl',
      fullBox('stsd', 0, 0, unsigned32(1), sampleEntry(track)),
      fullBox('stts', 0, 0, unsigned32(0)), fullBox('stsc', 0, 0, unsigned32(0)), fullBox('stsz', 0, 0, unsigned32(0, 0)), fullBox('stco', 0, 0, unsigned32(0)),
    ),
  );
