import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import type { JourneyPipeline } from './pipelines.ts';
import type { StageDriver } from './stage-driver.ts';

/** How the platform of a journey is started. */
export interface LocalStageOptions {
  /** Kept after the end; a temporary one when absent. */
  readonly dataFolder?: string;
  /** Delays of AWS are divided by this: high, so that logs and metrics are there in a moment. */
  readonly timeScale?: number;
  /** The stage's pipelines as a stage's file declares them, of which the driver tells the first two; local mode's own when absent. */
  readonly pipelines?: readonly [JourneyPipeline, JourneyPipeline, ...JourneyPipeline[]];
  /** After how long a show is stopped that nobody feeds. */
  readonly noInputStopSeconds?: number;
  /** What differs from local mode's own delivery. */
  readonly delivery?: Readonly<Record<string, unknown>>;
  /** What differs from any stage's recordings. */
  readonly recordings?: Readonly<Record<string, unknown>>;
  /** Cam pipelines and what they share. */
  readonly cam?: Readonly<Record<string, unknown>>;
}

/** A platform of a journey's own. */
export interface LocalStage extends StageDriver {
  /** Ends the platform as a power cut does (SIGKILL). */
  kill(): Promise<void>;
}

const startedSchema = z.object({
  apiUrl: z.url(),
  issuerUrl: z.url(),
  stage: z.object({ userPoolId: z.string(), webClientId: z.string() }),
  operatorToken: z.string(),
  operator: z.object({ region: z.string(), endpoint: z.url(), credentials: z.object({ accessKeyId: z.string(), secretAccessKey: z.string() }) }),
});

type Started = z.infer<typeof startedSchema>;

const program = join(import.meta.dirname, 'platform-process.ts');

/** The process's first line, or its last words when it ends before it has said anything. */
const started = (child: ChildProcess): Promise<Started> =>
  new Promise((resolve, reject) => {
    let errors = '';
    child.stderr!.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    child.on('error', reject);
    child.on('close', (code) => reject(new Error(`the platform ended with status ${code ?? 'none'}: ${errors.trim()}`)));
    createInterface(child.stdout!).once('line', (line) => resolve(startedSchema.parse(JSON.parse(line))));
  });

const stop = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  const [code, signal] = await exited;
  if (code !== 0) throw new Error(`the platform did not stop in order: status ${String(code)}, signal ${String(signal)}`);
};

const kill = async (child: ChildProcess): Promise<void> => {
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
};

const signIn = async ({ issuerUrl, stage: { userPoolId, webClientId } }: Started, subject: string): Promise<string> => {
  const body = JSON.stringify({ poolId: userPoolId, clientId: webClientId, subject, username: subject });
  const response = await fetch(`${issuerUrl}/local/sign-in`, { method: 'POST', body });
  return z.object({ accessToken: z.string() }).parse(await response.json()).accessToken;
};

/**
 * Starts the platform in a process of its own and waits until it is ready.
 * @throws Error with what the platform said when it cannot start, and from `close` when it does not end in order
 */
export const startLocalStage = async ({ timeScale = 36_000, pipelines, ...others }: LocalStageOptions = {}): Promise<LocalStage> => {
  const options = JSON.stringify({ timeScale, ...others, ...(pipelines && { pipelines }) });
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program, options], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, TZ: 'UTC' },
  });
  const platform = await started(child);
  return {
    name: 'local',
    apiUrl: platform.apiUrl,
    pipelineIds: pipelines ? [pipelines[0].id, pipelines[1].id] : ['pl_small', 'pl_main'],
    operatorToken: async () => platform.operatorToken,
    signIn: (subject) => signIn(platform, subject),
    aws: platform.operator,
    close: () => stop(child),
    kill: () => kill(child),
  };
};
