import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { ItemKey } from '../../contract/table-keys.ts';
import { packSeries, unpackSeries, type UnpackedSeries, type ValueSeries } from './series-bytes.ts';
import { seriesTextSchema } from './series-text.ts';
import type { Item, Table } from './table.ts';

/** Bytes of series in one item, of the 400 KB that it may have with all else: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html */
const mostBytesInItem = 256 * 1024;

/** What an item keeps of its series: the bytes, or their beginning and the names of the items that have the rest. */
export interface SeriesMembers {
  readonly series: Uint8Array;
  readonly seriesPieces?: readonly string[];
}

/** A part of series that has an item of its own, named by what is in it. */
export interface SeriesPiece {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Where a piece is. */
export type PieceKey = (name: string) => ItemKey;

const nameOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex').slice(0, 32);

/** Series as the members of an item, with the pieces that one item cannot hold. */
export const itemsOfSeries = (series: readonly ValueSeries[]): { readonly members: SeriesMembers; readonly pieces: readonly SeriesPiece[] } => {
  const packed = packSeries(series);
  const pieces: SeriesPiece[] = [];
  for (let from = mostBytesInItem; from < packed.length; from += mostBytesInItem) {
    const bytes = packed.subarray(from, from + mostBytesInItem);
    pieces.push({ name: nameOf(bytes), bytes });
  }
  const named = pieces.length === 0 ? {} : { seriesPieces: pieces.map(({ name }) => name) };
  return { members: { series: packed.subarray(0, mostBytesInItem), ...named }, pieces };
};

/** The members of a piece's item. */
export const pieceMembers = ({ bytes }: SeriesPiece): Item => ({ type: 'SeriesPiece', schemaVersion: 1, bytes });

const bytesSchema = z.instanceof(Uint8Array);

const membersSchema = z.object({ series: bytesSchema, seriesPieces: z.array(z.string()).default([]) });

/** Series once were texts in a list, which no item could hold of long shows. */
const textsSchema = z.array(z.looseObject({ values: seriesTextSchema }));

const pieceOf = async (table: Pick<Table, 'get'>, key: ItemKey): Promise<Uint8Array> => {
  const item = await table.get(key);
  if (!item) throw new Error(`the series' piece ${key.PK} ${key.SK} is not there, expected it to be kept as long as the item that names it`);
  return bytesSchema.parse(item['bytes']);
};

/** The series that an item keeps, of any age. @throws Error when a piece is missing, or they cannot be read */
export const seriesOfItem = async (table: Pick<Table, 'get'>, item: Item, pieceKey: PieceKey): Promise<readonly UnpackedSeries[]> => {
  if (Array.isArray(item['series'])) return textsSchema.parse(item['series']);
  const { series, seriesPieces } = membersSchema.parse(item);
  const pieces = await Promise.all(seriesPieces.map((name) => pieceOf(table, pieceKey(name))));
  return unpackSeries(Buffer.concat([series, ...pieces]));
};
