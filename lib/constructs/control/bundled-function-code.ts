import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { buildSync } from 'esbuild';
import { functions, type FunctionName } from '../../../lambda/contract/functions.ts';
import type { FunctionCode } from './function-code.ts';

const ownHandlers = fileURLToPath(new URL('../../../lambda/handlers/', import.meta.url));
const projectFolder = fileURLToPath(new URL('../../../', import.meta.url));

/** CommonJS dependencies ask for `require`, which a module does not have. */
const requireBanner = 'import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);';

/**
 * Where else the SDK would look for credentials: imported only when the environment has none, which Lambda's always has.
 * A tenth of every bundle.
 */
const neverImported = [
  ...['http', 'ini', 'login', 'process', 'sso', 'web-identity'].map((provider) => `@aws-sdk/credential-provider-${provider}`),
  '@smithy/credential-provider-imds',
];

/**
 * Bundles every function in one run of esbuild, which parses what they share once: `NodejsFunction` would start esbuild
 * for each. The SDK is part of the bundle, so that the version that was tested is
 * the one that runs; source maps are not.
 */
const bundleAll = (handlersFolder: string, outputFolder: string): void => {
  buildSync({
    absWorkingDir: projectFolder,
    entryPoints: Object.entries(functions).map(([name, { entry }]) => ({ in: join(handlersFolder, entry), out: `${name}/index` })),
    outdir: outputFolder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    external: neverImported,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    // Prefers the modules of packages that ship both, which can be shaken.
    mainFields: ['module', 'main'],
    minify: true,
    keepNames: true,
    legalComments: 'none',
    banner: { js: requireBanner },
    logLevel: 'warning',
  });
};

const temporaryFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'visionstream-functions-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
};

/** Builds aside and renames, so that a folder that is there is whole: an interrupted build leaves none. */
const bundleInto = (handlersFolder: string, folder: string): void => {
  mkdirSync(dirname(folder), { recursive: true });
  const building = mkdtempSync(`${folder}.`);
  try {
    bundleAll(handlersFolder, building);
    renameSync(building, folder);
  } catch (error) {
    // Another that built the same at the same time was done first.
    if (!existsSync(folder)) throw error;
  } finally {
    rmSync(building, { recursive: true, force: true });
  }
};

export interface BundledFunctionCodeOptions {
  /**
   * Holds the entries of lambda/contract/functions.ts.
   * @default - lambda/handlers
   */
  readonly handlersFolder?: string;
  /**
   * Where the bundles are built, unless the folder is there: then it holds those of the same sources.
   * @default - a temporary folder that goes when the process ends
   */
  readonly outputFolder?: string;
}

/** The code of the platform's handlers, all bundled when the first is asked for. */
export const bundledFunctionCode = ({ handlersFolder = ownHandlers, outputFolder }: BundledFunctionCodeOptions = {}): FunctionCode => {
  let built: string | undefined;
  return (name: FunctionName) => {
    if (built === undefined) {
      built = outputFolder ?? join(temporaryFolder(), 'functions');
      if (!existsSync(built)) bundleInto(handlersFolder, built);
    }
    return Code.fromAsset(join(built, name));
  };
};
