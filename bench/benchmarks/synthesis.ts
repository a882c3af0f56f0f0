import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { figure, type BenchContext, type Benchmark } from '../benchmark.ts';

const run = promisify(execFile);

const timed = async ({ projectFolder, signal }: BenchContext, command: string, args: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<number> => {
  const began = performance.now();
  await run(command, [...args], { cwd: projectFolder, env: { ...process.env, ...environment }, signal });
  return (performance.now() - began) / 1000;
};

/** How long the templates take: by the CDK CLI with its checks, and the app alone as the local platform runs it. */
export const synthesis: Benchmark = {
  name: 'synthesis',
  title: 'Synthesis',
  run: async (context) => {
    const output = (name: string): string => join(context.folder, `cdk.out-${name}`);
    context.say('synthesising with the CDK CLI');
    const withCli = await timed(context, 'npx', ['cdk', 'synth', '--quiet', '--no-notices', '--no-version-reporting', '--output', output('cli')]);
    context.say('synthesising with the app alone');
    const alone = await timed(context, process.execPath, ['bin/visionstream.ts'], { CDK_VALIDATION: 'false', CDK_OUTDIR: output('app') });
    return [figure('npx cdk synth --quiet', withCli, 's'), figure('the app alone, without CDK\'s own check of the templates', alone, 's')];
  },
};
