import * as z from 'zod';
import type { Item } from './table.ts';

/** Turns entities into items and back. Every item says its type and the version of its shape. */
export interface ItemCodec<Entity> {
  readonly encode: (entity: Entity) => Item;
  /** @throws Error that names the item's type, version and the members at fault */
  readonly decode: (item: Item) => Entity;
}

const stampSchema = z.object({ type: z.string(), schemaVersion: z.int().positive() });

/** How items of older shapes are brought to the current one: by the version that they have, one step each. */
export type Upgrades = Readonly<Record<number, (item: Item) => Item>>;

const upgraded = (item: Item, from: number, to: number, upgrades: Upgrades): Item => {
  let current = item;
  for (let version = from; version < to; version += 1) {
    const upgrade = upgrades[version];
    if (upgrade === undefined) throw new Error(`no upgrade of schemaVersion ${version} to ${version + 1}: add one to the codec`);
    current = upgrade(current);
  }
  return current;
};

/** A codec of one type of item. Members that the schema does not name (keys, stamps) are left out when decoding. */
export const itemCodec = <Entity extends object>(
  type: string,
  schemaVersion: number,
  schema: z.ZodType<Entity>,
  upgrades: Upgrades = {},
): ItemCodec<Entity> => ({
  encode: (entity) => ({ ...entity, type, schemaVersion }),
  decode: (item) => {
    const stamp = stampSchema.safeParse(item);
    if (!stamp.success || stamp.data.type !== type || stamp.data.schemaVersion > schemaVersion) {
      throw new Error(`expected an item of type ${type} up to schemaVersion ${schemaVersion}, got ${JSON.stringify(stamp.data ?? Object.keys(item))}`);
    }
    const parsed = schema.safeParse(upgraded(item, stamp.data.schemaVersion, schemaVersion, upgrades));
    if (parsed.success) return parsed.data;
    throw new Error(`item of type ${type} cannot be read: ${z.prettifyError(parsed.error)}`, { cause: parsed.error });
  },
});
