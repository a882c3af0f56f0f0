/** What a player has to read before fragments. */
export interface FragmentInit {
  /** Counted from 0: another one begins where the encoder's settings change. */
  readonly number: number;
  readonly bytes: Buffer;
}

/** A complete segment of one rendition, which begins with a key frame. */
export interface StreamSegment {
  readonly rendition: number;
  readonly file: string;
  /** After the stream's first picture. */
  readonly startMilliseconds: number;
  readonly durationMilliseconds: number;
  /** Absent for MPEG-TS. */
  readonly init?: FragmentInit;
}

/** A part of a segment that is being made: so many bytes of its file. */
export interface StreamPart extends StreamSegment {
  readonly offset: number;
  readonly length: number;
  /** Whether it begins with a key frame. */
  readonly isIndependent: boolean;
}

/** What is told of media while they are made, in their order: the parts of a segment, then the segment. */
export interface SegmentListener {
  readonly part: (part: StreamPart) => void;
  readonly segment: (segment: StreamSegment) => void;
}
