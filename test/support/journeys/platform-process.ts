import { join } from 'node:path';
import { z } from 'zod';
import { startPlatform } from '../../../local/platform/start-platform.ts';

// Loading a function takes a fifth of a second of a processor, of which several journeys share two.
const idleFunctionThreads = 24;

/** Run as a process of its own: starts a platform, prints a line of JSON that says where it is, and stops on SIGTERM or when its input ends. */
const optionsSchema = z.object({
  timeScale: z.number(),
  dataFolder: z.string().exactOptional(),
  pipelines: z.array(z.record(z.string(), z.unknown())).exactOptional(),
  noInputStopSeconds: z.number().exactOptional(),
  delivery: z.record(z.string(), z.unknown()).exactOptional(),
  recordings: z.record(z.string(), z.unknown()).exactOptional(),
  cam: z.record(z.string(), z.unknown()).exactOptional(),
});

const stopRequested = (): Promise<void> =>
  new Promise((resolve) => {
    process.on('SIGTERM', () => resolve());
    // Whoever started this process has gone, however it went.
    process.stdin.on('end', () => resolve()).resume();
  });

const main = async (): Promise<void> => {
  const stopped = stopRequested();
  const options = optionsSchema.parse(JSON.parse(process.argv[2] ?? '{}'));
  const platform = await startPlatform({ ...options, idleFunctionThreads, projectFolder: join(import.meta.dirname, '..', '..', '..') });
  const { apiUrl, issuerUrl, stage, operator } = platform;
  process.stdout.write(`${JSON.stringify({ apiUrl, issuerUrl, stage, operator, operatorToken: await platform.operatorToken() })}\n`);
  await stopped;
  await platform.close();
};

main().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  },
);
