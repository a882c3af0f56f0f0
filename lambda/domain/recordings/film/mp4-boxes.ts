/** A box of an MP4 file, by its places in the bytes (ISO/IEC 14496-12, 4.2). */
export interface Mp4Box {
  readonly type: string;
  readonly from: number;
  /** Where what is in it begins. */
  readonly contentFrom: number;
  readonly to: number;
}

const text = new TextDecoder('latin1');

/** Numbers in bytes, the highest byte first. */
export const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** The boxes in bytes, one after the other; what is cut off is none. */
export const boxesIn = (bytes: Uint8Array, from = 0, to = bytes.length): readonly Mp4Box[] => {
  const view = viewOf(bytes);
  const boxes: Mp4Box[] = [];
  for (let at = from; at + 8 <= to; ) {
    const [short, isLong] = [view.getUint32(at), view.getUint32(at) === 1];
    const length = isLong ? Number(view.getBigUint64(at + 8)) : short === 0 ? to - at : short;
    const header = isLong ? 16 : 8;
    if (length < header || at + length > to) break;
    boxes.push({ type: text.decode(bytes.subarray(at + 4, at + 8)), from: at, contentFrom: at + header, to: at + length });
    at += length;
  }
  return boxes;
};

/** The boxes at the end of a path of types, such as `moov`, `trak`, within a box or in all bytes. */
export const boxesAt = (bytes: Uint8Array, [type, ...rest]: readonly string[], within?: Mp4Box): readonly Mp4Box[] => {
  const found = boxesIn(bytes, within?.contentFrom, within?.to).filter((box) => box.type === type);
  return rest.length === 0 ? found : found.flatMap((box) => boxesAt(bytes, rest, box));
};
