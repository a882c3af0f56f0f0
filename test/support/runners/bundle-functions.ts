import { join } from 'node:path';
import { synthesiseStage } from '../../../local/platform/deploy-stage.ts';

/** Bundles the functions once, before platforms of several journeys start at the same time and each would for itself. */
export default async (): Promise<void> => {
  await synthesiseStage({ projectFolder: join(import.meta.dirname, '..', '..', '..'), timeScale: 1, onProgress: () => undefined });
};
