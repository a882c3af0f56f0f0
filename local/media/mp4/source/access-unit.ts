/** What a decoder must know before the first picture. */
export interface VideoConfiguration {
  readonly sequenceParameterSet: Buffer;
  readonly pictureParameterSet: Buffer;
}

/** A picture as MP4 carries it. */
export interface AccessUnit {
  /** Units with their length before them, without parameter sets and delimiters. */
  readonly data: Buffer;
  readonly isKeyFrame: boolean;
  /** Present where the picture carries both parameter sets. */
  readonly configuration?: VideoConfiguration;
}

const unitTypes = { keyFrame: 5, sequenceParameterSet: 7, pictureParameterSet: 8, delimiter: 9 } as const;
const startCode = Buffer.from([0, 0, 1]);

/** Turns a picture from start codes (ITU-T H.264, annex B) to lengths. */
export const readAccessUnit = (payload: readonly Buffer[]): AccessUnit => {
  const parts: Buffer[] = [];
  const sets: { sequence?: Buffer; picture?: Buffer } = {};
  let isKeyFrame = false;
  for (const unit of unitsOf(Buffer.concat(payload))) {
    const type = unit.readUInt8(0) & 0x1f;
    if (type === unitTypes.sequenceParameterSet) sets.sequence = unit;
    else if (type === unitTypes.pictureParameterSet) sets.picture = unit;
    else if (type !== unitTypes.delimiter) parts.push(lengthOf(unit), unit);
    isKeyFrame ||= type === unitTypes.keyFrame;
  }
  const { sequence, picture } = sets;
  return {
    data: Buffer.concat(parts), isKeyFrame,
    ...(sequence === undefined || picture === undefined ? {} : { configuration: { sequenceParameterSet: sequence, pictureParameterSet: picture } }),
  };
};

const lengthOf = (unit: Buffer): Buffer => {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(unit.length);
  return length;
};

function* unitsOf(bytes: Buffer): Generator<Buffer> {
  let from = bytes.indexOf(startCode);
  while (from >= 0) {
    const next = bytes.indexOf(startCode, from + 3);
    // Zeros before a start code belong to it, never to the unit before.
    let end = next < 0 ? bytes.length : next;
    while (end > from + 3 && bytes[end - 1] === 0) end -= 1;
    if (end > from + 3) yield bytes.subarray(from + 3, end);
    from = next;
  }
}
