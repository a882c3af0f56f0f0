import { cpSync, existsSync, mkdirSync, renameSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { CloudAssembly } from '../assembly/template/cloud-assembly.ts';

/**
 * Copies the assets of an assembly into a folder of the platform's own, as a deployment publishes them to the asset
 * bucket: functions run from these copies, whatever becomes of the folder that the templates were synthesised in.
 * Answers where each asset is, by its object key.
 */
export const publishAssets = ({ assetPaths }: CloudAssembly, folder: string): ReadonlyMap<string, string> => {
  mkdirSync(folder, { recursive: true });
  const published = [...assetPaths].map(([key, source]): [string, string] => {
    const copy = join(folder, basename(source));
    if (!existsSync(copy)) {
      // Renamed when it is whole, so that an interrupted copy is not taken for one.
      cpSync(source, `${copy}.new`, { recursive: true });
      renameSync(`${copy}.new`, copy);
    }
    return [key, copy];
  });
  return new Map(published);
};
