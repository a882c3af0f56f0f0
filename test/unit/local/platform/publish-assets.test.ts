import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { publishAssets } from '../../../../local/platform/publish-assets.ts';

describe('publishing assets', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'assets-'));
    mkdirSync(join(folder, 'cdk.out', 'asset.1'), { recursive: true });
    writeFileSync(join(folder, 'cdk.out', 'asset.1', 'index.mjs'), 'code');
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('keeps what functions run from when the templates are gone', () => {
    const assembly = { stacks: [], assetPaths: new Map([['1.zip', join(folder, 'cdk.out', 'asset.1')]]) };

    const published = publishAssets(assembly, join(folder, 'data'));
    rmSync(join(folder, 'cdk.out'), { recursive: true });

    expect(readFileSync(join(published.get('1.zip') ?? '', 'index.mjs'), 'utf8')).toBe('code');
  });

  it('leaves a copy that is there already as it is', () => {
    const assembly = { stacks: [], assetPaths: new Map([['1.zip', join(folder, 'cdk.out', 'asset.1')]]) };
    const [path = ''] = publishAssets(assembly, join(folder, 'data')).values();
    writeFileSync(join(path, 'index.mjs'), 'kept');

    publishAssets(assembly, join(folder, 'data'));

    expect(readFileSync(join(path, 'index.mjs'), 'utf8')).toBe('kept');
  });
});
