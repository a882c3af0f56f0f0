import { execFile } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { App, Stack } from 'aws-cdk-lib';
import { functions, type FunctionName } from '../../lambda/contract/functions.ts';
import { bundledFunctionCode } from '../../lib/constructs/control/bundled-function-code.ts';
import { atMost, type Benchmark, type Figure } from '../benchmark.ts';
import { median } from '../statistics.ts';

const run = promisify(execFile);
const rounds = 7;

/** What Lambda gives every function. A handler's own groups are read when it is called, not when it is imported. */
const lambdaEnvironment = { AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'bench', AWS_SECRET_ACCESS_KEY: 'bench', AWS_SESSION_TOKEN: 'bench' };

const importTimer = 'const began = performance.now(); await import(process.argv[1]); process.stdout.write(String(performance.now() - began));';

const importMilliseconds = async (file: string): Promise<number> => {
  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', importTimer, pathToFileURL(file).href], { env: lambdaEnvironment });
  return Number(stdout);
};

const isFunctionName = (name: string): name is FunctionName => Object.hasOwn(functions, name);

const sizeFigure = (name: FunctionName, kilobytes: number): Figure => atMost(name === 'api' ? 1200 : 700, `${name}: bundle`, kilobytes, 'kB');

/** Each function's bundle, and how long a process that has never seen it takes to import it. */
export const functionBundles: Benchmark = {
  name: 'functions',
  title: 'Functions',
  run: async ({ folder, say }) => {
    const names = Object.keys(functions).filter(isFunctionName);
    const outputFolder = join(folder, 'bundles');
    bundledFunctionCode({ outputFolder })('api').bind(new Stack(new App({ outdir: join(folder, 'bundles.out') }), 'Bench'));
    const files = new Map(names.map((name) => [name, join(outputFolder, name, 'index.mjs')]));
    const imports = new Map<FunctionName, number[]>(names.map((name) => [name, []]));
    // Round by round, so that a moment in which the machine is busy falls on all alike.
    for (let round = 1; round <= rounds; round += 1) {
      say(`importing every bundle in a fresh process, round ${round} of ${rounds}`);
      for (const [name, file] of files) imports.get(name)?.push(await importMilliseconds(file));
    }
    return names.flatMap((name) => [
      sizeFigure(name, statSync(files.get(name) ?? '').size / 1000),
      atMost(150, `${name}: cold import`, median(imports.get(name) ?? []), 'ms'),
    ]);
  },
};
