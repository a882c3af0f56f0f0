import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { StageAccess } from './stage-driver.ts';

/** How a program ended. */
export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end, in this environment with these changes. */
export const run = async (command: string, args: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<Ended> => {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...environment } });
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => (output.stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output.stderr += chunk.toString()));
  const [status] = await once(child, 'close');
  return { status, ...output };
};

/** The environment in which a program's SDK clients reach a stage's account as the operator. */
export const sdkEnvironment = ({ region, endpoint, credentials }: StageAccess): NodeJS.ProcessEnv => ({
  AWS_REGION: region,
  ...(endpoint !== undefined && { AWS_ENDPOINT_URL: endpoint, AWS_ENDPOINT_URL_CLOUDFRONT_KEYVALUESTORE: endpoint.replace('127.0.0.1', 'kvs.localhost') }),
  ...(credentials && { AWS_ACCESS_KEY_ID: credentials.accessKeyId, AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey }),
});
