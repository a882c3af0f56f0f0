/** One elementary stream of a programme. */
export interface ElementaryStream {
  readonly pid: number;
  /** `stream_type` of ISO/IEC 13818-1, table 2-34. */
  readonly type: number;
}

/** What a transport stream carries, by its tables. */
export interface Programme {
  readonly streams: readonly ElementaryStream[];
  /** The packets of the tables that say so. */
  readonly tables: readonly Buffer[];
}

const streamTypes = { aac: 0x0f, h264: 0x1b } as const;
/** Private data (0x06) hold sound of DVB's kinds, but subtitles too. */
const soundTypes: ReadonlySet<number> = new Set([0x03, 0x04, streamTypes.aac, 0x11, 0x81, 0x87]);
const otherPictures = new Map([
  [0x01, 'MPEG-1 video'], [0x02, 'MPEG-2 video'], [0x10, 'MPEG-4 part 2 video'], [0x21, 'JPEG 2000 video'],
  [0x24, 'HEVC video'], [0x33, 'VVC video'], [0x42, 'AVS video'], [0xea, 'VC-1 video'],
]);

/** What an FLV stream can be made of. */
export interface RelayableStreams {
  readonly video: ElementaryStream;
  readonly audio?: ElementaryStream;
}

/** The first H.264 picture stream and the first sound; else why the programme cannot be relayed. */
export const relayableStreams = ({ streams }: Programme): RelayableStreams | { readonly reason: string } => {
  const video = streams.find(isH264Stream);
  const audio = streams.find(({ type }) => soundTypes.has(type));
  if (video !== undefined) return { video, ...(audio === undefined ? {} : { audio }) };
  const other = streams.find(({ type }) => otherPictures.has(type));
  const found = other === undefined ? 'no video' : `${otherPictures.get(other.type) ?? 'video'} (stream type 0x${other.type.toString(16)})`;
  return { reason: `${found}; allowed is H.264 (stream type 0x1b): set the encoder to H.264` };
};

/** Whether a stream is of H.264 pictures. */
export const isH264Stream = ({ type }: ElementaryStream): boolean => type === streamTypes.h264;

/** Whether sound goes into FLV as it is. */
export const isAacStream = ({ type }: ElementaryStream): boolean => type === streamTypes.aac;

/** Whether two programmes have the same streams on the same packet identifiers. */
export const isSameProgramme = (one: Programme, other: Programme): boolean =>
  one.streams.length === other.streams.length && one.streams.every(({ pid, type }, index) => other.streams[index]?.pid === pid && other.streams[index].type === type);
