import type { LossBehaviour } from './failover-settings.ts';

/** What is shown when no picture has come for so long. */
export const fillPhase = (quietMilliseconds: number, { repeatFrameMilliseconds: repeat, blackFrameMilliseconds: black }: LossBehaviour): 'REPEAT' | 'BLACK' | 'IMAGE' => {
  if (quietMilliseconds < repeat) return 'REPEAT';
  return quietMilliseconds < repeat + black ? 'BLACK' : 'IMAGE';
};
