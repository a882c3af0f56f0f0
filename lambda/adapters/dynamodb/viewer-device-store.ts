import * as z from 'zod';
import { itemKey, timeToLiveAttribute } from '../../contract/table-keys.ts';
import type { KeptDevices, ViewerDeviceStore } from '../../domain/playback/viewer-devices.ts';
import { attempted } from './attempted.ts';
import { equals, isAbsent } from './expressions.ts';
import { itemCodec } from './item-codec.ts';
import type { Table } from './table.ts';

const codec = itemCodec<KeptDevices>(
  'ViewerDevices',
  1,
  z.object({
    devices: z.array(z.object({ session: z.string(), since: z.int(), expiresAt: z.int() })),
    revision: z.int().positive(),
  }),
);

/** Viewers' devices in the one table; an item goes when the last token of its devices has expired. */
export const dynamoDbViewerDeviceStore = (table: Table): ViewerDeviceStore => ({
  async get(accountId, viewer) {
    const item = await table.get(itemKey.viewerDevices(accountId, viewer));
    return item === undefined ? { devices: [], revision: 0 } : codec.decode(item);
  },
  async save(accountId, viewer, kept) {
    const expiresAt = Math.max(0, ...kept.devices.map((device) => device.expiresAt));
    const item = { ...codec.encode(kept), [timeToLiveAttribute]: expiresAt, ...itemKey.viewerDevices(accountId, viewer) };
    return attempted(table.put(item, kept.revision === 1 ? isAbsent : equals('revision', kept.revision - 1)));
  },
});
