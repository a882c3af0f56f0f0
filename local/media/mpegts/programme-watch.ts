import { isSameProgramme, type ElementaryStream, type Programme } from './programme.ts';
import { SectionReader, type Section } from './section-reader.ts';
import type { TransportPacket } from './transport-packet.ts';

const associationPid = 0;
const tableIds = { association: 0, map: 2 } as const;
/** Table extension, version and section numbers stand before every table's own fields. */
const commonBytes = 5;

/** Follows the tables of a transport stream: its first programme, and every change of it. */
export class ProgrammeWatch {
  readonly #associations = new SectionReader();
  #maps = new SectionReader();
  #association: readonly Buffer[] = [];
  #mapPid: number | undefined;
  #programme: Programme | undefined;

  /** The programme that is on now, once its tables have come. */
  get programme(): Programme | undefined {
    return this.#programme;
  }

  /** Takes a packet; answers the programme when this packet made it known or changed it. */
  read(packet: TransportPacket): Programme | undefined {
    if (packet.pid === associationPid) for (const section of this.#associations.read(packet)) this.#associate(section);
    if (packet.pid !== this.#mapPid) return undefined;
    let changed: Programme | undefined;
    for (const section of this.#maps.read(packet)) changed = this.#map(section) ?? changed;
    return changed;
  }

  #associate({ tableId, body, packets }: Section): void {
    if (tableId !== tableIds.association) return;
    const pid = firstMapPid(body);
    if (pid === undefined) return;
    this.#association = packets;
    if (pid === this.#mapPid) return;
    this.#mapPid = pid;
    this.#maps = new SectionReader();
  }

  #map({ tableId, body, packets }: Section): Programme | undefined {
    const streams = tableId === tableIds.map ? readStreams(body) : undefined;
    if (streams === undefined) return undefined;
    const programme = { streams, tables: [...this.#association, ...packets] };
    const isKnown = this.#programme !== undefined && isSameProgramme(this.#programme, programme);
    this.#programme = programme;
    return isKnown ? undefined : programme;
  }
}

const firstMapPid = (body: Buffer): number | undefined => {
  for (let at = commonBytes; at + 4 <= body.length; at += 4) {
    // Programme 0 is the network's table.
    if (body.readUInt16BE(at) !== 0) return body.readUInt16BE(at + 2) & 0x1fff;
  }
  return undefined;
};

const readStreams = (body: Buffer): readonly ElementaryStream[] | undefined => {
  const programmeInfoAt = commonBytes + 4;
  if (body.length < programmeInfoAt) return undefined;
  const streams: ElementaryStream[] = [];
  let at = programmeInfoAt + (body.readUInt16BE(programmeInfoAt - 2) & 0x0fff);
  while (at + 5 <= body.length) {
    streams.push({ type: body.readUInt8(at), pid: body.readUInt16BE(at + 1) & 0x1fff });
    at += 5 + (body.readUInt16BE(at + 3) & 0x0fff);
  }
  return streams;
};
