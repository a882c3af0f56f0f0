import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { keepInBackground } from '../media/processes/child-process.ts';

/** What is synthesised, and where results are kept. */
export interface SynthesisOptions {
  readonly projectFolder: string;
  /** The functions' bundles, which every stage shares, are kept beside it. */
  readonly cacheFolder: string;
  /** The stage configuration, as its JSON file would hold it. */
  readonly configuration: unknown;
  readonly signal?: AbortSignal;
}

/** The synthesised templates and assets, as the CDK CLI would deploy them. */
export interface Synthesis {
  readonly assemblyFolder: string;
  readonly cached: boolean;
}

const keptResults = 4;
const sources = ['bin/visionstream.ts', 'cdk.json', 'package-lock.json', 'lib/**/*.{ts,js,json}', 'lambda/**/*.ts'];

/** What the functions' bundles are made of, whatever the stage. */
const functionSources = ['package-lock.json', 'lib/constructs/control/bundled-function-code.ts', 'lambda/**/*.ts'];

const sourceDigest = (projectFolder: string, patterns: readonly string[], configuration?: unknown): string => {
  const hash = createHash('sha256').update(JSON.stringify(configuration ?? null));
  for (const file of globSync(patterns, { cwd: projectFolder }).toSorted()) hash.update(file).update(readFileSync(join(projectFolder, file)));
  return hash.digest('hex').slice(0, 16);
};

/** What is being built is none of the results; it is named after one, with a suffix. */
const isResult = (name: string): boolean => !name.includes('.');

const forgetOldResults = (cacheFolder: string): void => {
  const byAge = readdirSync(cacheFolder)
    .filter(isResult)
    .map((name) => ({ path: join(cacheFolder, name), usedAt: statSync(join(cacheFolder, name), { throwIfNoEntry: false })?.mtimeMs ?? 0 }))
    .toSorted((a, b) => b.usedAt - a.usedAt);
  for (const { path } of byAge.slice(keptResults)) rmSync(path, { recursive: true, force: true });
};

const publish = (building: string, result: string): void => {
  try {
    renameSync(building, result);
  } catch (error) {
    // Another platform that started at the same time was done first, with the same result.
    if (!existsSync(result)) throw error;
  }
};

const runCdkApp = (projectFolder: string, outputFolder: string, context: Readonly<Record<string, string>>, signal?: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['bin/visionstream.ts'], {
      cwd: projectFolder,
      // CDK's own check of the templates takes longer than making them, and `npx cdk synth` runs it.
      env: { ...process.env, CDK_VALIDATION: 'false', CDK_OUTDIR: outputFolder, CDK_CONTEXT_JSON: JSON.stringify(context) },
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(signal && { signal }),
    });
    keepInBackground(child);
    let output = '';
    const collect = (chunk: Buffer): void => void (output += chunk.toString());
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve() : reject(new Error(`the templates do not synthesise (exit status ${code ?? 'none'}):\n${output.trim()}`))));
  });

/**
 * Synthesises the templates of a stage, or finds them in the cache when neither a source nor the configuration changed.
 * @throws Error with the CDK app's own output when it fails.
 */
export const synthesise = async ({ projectFolder, cacheFolder, configuration, signal }: SynthesisOptions): Promise<Synthesis> => {
  const result = join(cacheFolder, sourceDigest(projectFolder, sources, configuration));
  const assemblyFolder = join(result, 'cdk.out');
  if (existsSync(assemblyFolder)) {
    const now = new Date();
    utimesSync(result, now, now);
    return { assemblyFolder, cached: true };
  }
  // Built aside and renamed, so that an interrupted synthesis leaves nothing that looks complete.
  const functionsFolder = join(dirname(cacheFolder), 'functions');
  for (const folder of [cacheFolder, functionsFolder]) mkdirSync(folder, { recursive: true });
  const building = mkdtempSync(`${result}.`);
  try {
    const configurationFile = join(building, 'stage.json');
    writeFileSync(configurationFile, JSON.stringify(configuration, null, 2));
    const functions = join(functionsFolder, sourceDigest(projectFolder, functionSources));
    await runCdkApp(projectFolder, join(building, 'cdk.out'), { config: configurationFile, functions }, signal);
    publish(building, result);
  } finally {
    rmSync(building, { recursive: true, force: true });
  }
  forgetOldResults(cacheFolder);
  forgetOldResults(functionsFolder);
  return { assemblyFolder, cached: false };
};
