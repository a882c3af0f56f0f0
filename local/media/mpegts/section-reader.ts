import { checksumOf } from './checksum.ts';
import type { TransportPacket } from './transport-packet.ts';

/** A table of a transport stream, whole and with a right checksum. */
export interface Section {
  readonly tableId: number;
  /** From behind its length to before its checksum. */
  readonly body: Buffer;
  /** The packets that carried it, copied. */
  readonly packets: readonly Buffer[];
}

const headBytes = 3;
const checksumBytes = 4;
/** Of programme tables (ISO/IEC 13818-1, section 2.4.4). */
const longestSection = 1021;

/** Puts the sections of one packet identifier together. What is malformed is left out; it never holds more than one section. */
export class SectionReader {
  #bytes: Buffer = Buffer.alloc(0);
  #packets: Buffer[] = [];

  /** The sections that this packet completes. */
  read(packet: TransportPacket): readonly Section[] {
    const { payload, beginsUnit } = packet;
    if (payload.length === 0) return [];
    if (!beginsUnit) return this.#packets.length === 0 ? [] : this.#append(payload, packet);
    const begin = 1 + payload.readUInt8(0);
    const before = this.#packets.length === 0 ? [] : this.#append(payload.subarray(1, begin), packet);
    this.#drop();
    return [...before, ...this.#append(payload.subarray(begin), packet)];
  }

  #append(part: Buffer, { bytes }: TransportPacket): Section[] {
    this.#bytes = Buffer.concat([this.#bytes, part]);
    this.#packets.push(Buffer.from(bytes));
    const sections: Section[] = [];
    // Stuffing (0xff) follows the last section of a packet.
    while (this.#bytes.length >= headBytes && this.#bytes[0] !== 0xff) {
      const length = this.#bytes.readUInt16BE(1) & 0x0fff;
      if (length > longestSection || length < checksumBytes) return this.#fail(sections);
      if (this.#bytes.length < headBytes + length) return sections;
      const section = this.#cut(headBytes + length);
      if (section !== undefined) sections.push(section);
    }
    if (this.#bytes[0] === 0xff) this.#drop();
    return sections;
  }

  #cut(length: number): Section | undefined {
    const whole = this.#bytes.subarray(0, length);
    this.#bytes = this.#bytes.subarray(length);
    // A right checksum over data and checksum leaves 0.
    if (checksumOf(whole) !== 0) return undefined;
    return { tableId: whole.readUInt8(0), body: whole.subarray(headBytes, length - checksumBytes), packets: [...this.#packets] };
  }

  #fail(sections: Section[]): Section[] {
    this.#drop();
    return sections;
  }

  #drop(): void {
    this.#bytes = Buffer.alloc(0);
    this.#packets = [];
  }
}
