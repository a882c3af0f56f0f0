import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDataFolder } from '../../../../local/platform/data-folder.ts';

const megabyte = 1024 ** 2;
const plenty = (): number => 1024 * megabyte;

let parent: string;

beforeEach(() => (parent = mkdtempSync(join(tmpdir(), 'data-folder-'))));
afterEach(() => rmSync(parent, { recursive: true }));

it('keeps a folder that was asked for', () => {
  const path = join(parent, 'new', 'data');

  const folder = openDataFolder(path, plenty);
  folder.state.collection<number>('things').put('one', 1);
  folder.release();

  expect(openDataFolder(path, plenty).state.collection<number>('things').get('one')).toBe(1);
});

it('removes a folder that nobody asked for', () => {
  const folder = openDataFolder(undefined, plenty);

  folder.release();

  expect(existsSync(folder.path)).toBe(false);
});

it('rejects a folder on a disk that is nearly full', () => {
  expect(() => openDataFolder(parent, () => 12.9 * megabyte)).toThrow(`too little space in ${parent}: 12 MB are free, 512 MB are needed; free some, or choose another folder with --data`);

  expect(existsSync(join(parent, 'platform.pid'))).toBe(false);
});

it('rejects a folder that another process uses', () => {
  writeFileSync(join(parent, 'platform.pid'), String(process.ppid));

  expect(() => openDataFolder(parent, plenty)).toThrow(`the data folder ${parent} is used by another platform (process ${process.ppid})`);
});

it('takes over from a process that has died', () => {
  // No process has this id: Linux gives out at most 2^22.
  writeFileSync(join(parent, 'platform.pid'), String(2 ** 30));

  openDataFolder(parent, plenty);

  expect(readFileSync(join(parent, 'platform.pid'), 'utf8')).toBe(String(process.pid));
});

it('rejects a folder that cannot be made', () => {
  writeFileSync(join(parent, 'file'), '');

  expect(() => openDataFolder(join(parent, 'file', 'data'), plenty)).toThrow(`the data folder ${join(parent, 'file', 'data')} cannot be used: `);
});
