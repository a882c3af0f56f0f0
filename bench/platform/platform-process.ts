import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import * as z from 'zod';
import { restClient, type RestClient } from '../../scripts/demo/rest-client.ts';

const readySchema = z.object({ apiUrl: z.string(), operatorToken: z.string(), producerToken: z.string() });

/** What a platform's process tells when it is ready. */
export type PlatformReady = z.infer<typeof readySchema>;

/** A platform in a process of its own, so that what measures it does not count as part of it. */
export interface PlatformProcess extends PlatformReady {
  readonly pid: number;
  /** From the start of the process until the platform was deployed and its tokens issued. */
  readonly readySeconds: number;
  readonly operator: RestClient;
  readonly producer: RestClient;
  close(): Promise<void>;
}

/** The subject of {@link PlatformProcess.producer}. */
export const producerSubject = 'bench-producer';

/** Where a platform's sources and templates are. */
export interface PlatformProcessOptions {
  readonly projectFolder: string;
  /** Synthesised templates are looked for and kept here; the project's own cache when absent. */
  readonly templateCacheFolder?: string;
}

/**
 * Starts a platform and waits until it is ready.
 * @throws Error when its process ends before; its own message is on standard error.
 */
export const startPlatformProcess = async ({ projectFolder, templateCacheFolder }: PlatformProcessOptions): Promise<PlatformProcess> => {
  const began = performance.now();
  const child = fork(join(import.meta.dirname, 'serve.ts'), [projectFolder, producerSubject, ...(templateCacheFolder === undefined ? [] : [templateCacheFolder])], {
    cwd: projectFolder,
    // A Ctrl-C reaches this process alone, which then closes the platform in order.
    detached: true,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const ended = once(child, 'exit');
  const message: unknown[] = await Promise.race([
    once(child, 'message'),
    ended.then(([code]) => Promise.reject(new Error(`the platform's process ended with status ${String(code)} before it was ready`))),
  ]);
  const readySeconds = (performance.now() - began) / 1000;
  const ready = readySchema.parse(message[0]);
  return {
    ...ready,
    pid: child.pid ?? 0,
    readySeconds,
    operator: restClient(ready.apiUrl, ready.operatorToken),
    producer: restClient(ready.apiUrl, ready.producerToken),
    close: async () => {
      if (child.connected) child.disconnect();
      await ended;
    },
  };
};
