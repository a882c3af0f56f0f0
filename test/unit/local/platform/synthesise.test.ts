import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { synthesise } from '../../../../local/platform/synthesise.ts';

let projectFolder: string;
let cacheFolder: string;

const app = (body: string): void => writeFileSync(join(projectFolder, 'bin', 'visionstream.ts'), body);
const synthesised = (configuration: unknown = { stage: 'local' }) => synthesise({ projectFolder, cacheFolder, configuration });

/** A CDK app that puts its configuration into its only template. */
beforeEach(() => {
  projectFolder = mkdtempSync(join(tmpdir(), 'synthesise-'));
  cacheFolder = join(projectFolder, '.cache', 'templates');
  mkdirSync(join(projectFolder, 'bin'));
  app(`import { cpSync, mkdirSync } from 'node:fs';
    mkdirSync(process.env.CDK_OUTDIR);
    cpSync(JSON.parse(process.env.CDK_CONTEXT_JSON).config, process.env.CDK_OUTDIR + '/template.json');`);
});

afterEach(() => rmSync(projectFolder, { recursive: true }));

it('synthesises once while nothing changes', async () => {
  const first = await synthesised();
  const second = await synthesised();

  expect([first.cached, second.cached]).toEqual([false, true]);
  expect(second.assemblyFolder).toBe(first.assemblyFolder);
  expect(JSON.parse(readFileSync(join(first.assemblyFolder, 'template.json'), 'utf8'))).toEqual({ stage: 'local' });
});

it('synthesises anew when a source or the configuration changes', async () => {
  await synthesised();
  expect((await synthesised({ stage: 'other' })).cached).toBe(false);

  mkdirSync(join(projectFolder, 'lib'));
  writeFileSync(join(projectFolder, 'lib', 'stack.ts'), '');
  expect((await synthesised()).cached).toBe(false);
});

it('serves many that start at once', async () => {
  const results = await Promise.all(Array.from({ length: 4 }, () => synthesised()));

  expect(new Set(results.map(({ assemblyFolder }) => assemblyFolder)).size).toBe(1);
  expect(existsSync(join(results[0]!.assemblyFolder, 'template.json'))).toBe(true);
  expect(readdirSync(cacheFolder)).toHaveLength(1);
});

it('fails with the words of the app, and keeps nothing', async () => {
  app('console.error("pipelines: expected at least one"); process.exitCode = 1;');

  await expect(synthesised()).rejects.toThrow('the templates do not synthesise (exit status 1):\npipelines: expected at least one');
  expect(readdirSync(cacheFolder)).toEqual([]);
});

it('forgets what was not used for long', async () => {
  for (const stage of ['a', 'b', 'c', 'd', 'e', 'f']) await synthesised({ stage });

  expect(readdirSync(cacheFolder)).toHaveLength(4);
});
