import { startPlatform } from '../../local/platform/start-platform.ts';
import type { PlatformReady } from './platform-process.ts';

const [projectFolder = '', producerSubject = '', templateCacheFolder] = process.argv.slice(2);
// Delays of AWS as the demo scales them: an hour is a second.
const timeScale = 3600;

const platform = await startPlatform({ projectFolder, timeScale, ...(templateCacheFolder !== undefined && { templateCacheFolder }) });
const ready: PlatformReady = {
  apiUrl: platform.apiUrl,
  operatorToken: await platform.operatorToken(),
  producerToken: await platform.signIn(producerSubject),
};
process.send?.(ready);
// The parent's end, orderly or not, is this process's end: nothing is left running.
process.once('disconnect', () => void platform.close().then(() => process.exit(0)));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.connected && process.disconnect());
