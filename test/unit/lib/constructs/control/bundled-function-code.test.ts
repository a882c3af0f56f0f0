import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { AssetCode } from 'aws-cdk-lib/aws-lambda';
import { functions, type FunctionName } from '../../../../../lambda/contract/functions.ts';
import { bundledFunctionCode } from '../../../../../lib/constructs/control/bundled-function-code.ts';

const folder = mkdtempSync(join(tmpdir(), 'visionstream-bundles-'));
afterAll(() => rmSync(folder, { recursive: true }));
const handlers = join(folder, 'handlers');

const write = (path: string, text: string): void => {
  mkdirSync(dirname(join(handlers, path)), { recursive: true });
  writeFileSync(join(handlers, path), text);
};

const folderOf = (name: FunctionName): string => {
  const code = bundled(name);
  if (!(code instanceof AssetCode)) throw new Error('expected code from a folder');
  code.bind(new Stack(new App({ outdir: join(folder, 'cdk.out') }), 'Stack'));
  return code.path;
};

const bundled = bundledFunctionCode({ handlersFolder: handlers, outputFolder: join(folder, 'bundles') });

describe('the bundled code of a function', () => {
  beforeAll(() => {
    write('legacy.cjs', 'module.exports = { cpus: () => require("node:os").cpus().length };');
    for (const [name, { entry }] of Object.entries(functions)) write(entry, `import legacy from '../legacy.cjs';\nexport const handler = async () => '${name} ' + (legacy.cpus() > 0);`);
  });

  it('is one module without a source map', () => {
    expect(readdirSync(folderOf('api'))).toEqual(['index.mjs']);
  });

  it('is built once for all that share the folder', () => {
    const builtBefore = statSync(join(folderOf('api'), 'index.mjs')).mtimeMs;

    bundledFunctionCode({ handlersFolder: join(folder, 'nowhere'), outputFolder: join(folder, 'bundles') })('api');

    expect(statSync(join(folder, 'bundles', 'api', 'index.mjs')).mtimeMs).toBe(builtBefore);
  });

  it('leaves no folder when it cannot be built', () => {
    const outputFolder = join(folder, 'failed');

    expect(() => bundledFunctionCode({ handlersFolder: join(folder, 'nowhere'), outputFolder })('api')).toThrow('Could not resolve');
    expect(readdirSync(folder).filter((name) => name.startsWith('failed'))).toEqual([]);
  });

  it('exports the handler, also with a CommonJS dependency', () => {
    const url = JSON.stringify(join(folderOf('showControl'), 'index.mjs'));

    const { stdout, stderr } = spawnSync(process.execPath, ['-e', `import(${url}).then(({ handler }) => handler()).then(console.log)`], { encoding: 'utf8' });

    expect({ stdout, stderr }).toEqual({ stdout: 'showControl true\n', stderr: '' });
  });
});
