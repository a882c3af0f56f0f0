import { startLocalStage, type LocalStageOptions } from './local-stage.ts';
import type { StageDriver } from './stage-driver.ts';

/** Opens the stage that journeys run against: a platform of their own in local mode. A stage that is deployed would be another driver, chosen here. */
export const openStage = (options: Omit<LocalStageOptions, 'dataFolder'> = {}): Promise<StageDriver> => startLocalStage(options);
