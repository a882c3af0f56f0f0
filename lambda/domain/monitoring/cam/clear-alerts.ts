import type { ShowLog } from '../../breakouts/log/show-log.ts';
import type { HoldingShow } from '../settle-log.ts';
import { silentEnds } from './logged-stream.ts';

/** What clearing alerts in a log needs. */
export interface ClearAlertsDeps {
  readonly log: Pick<ShowLog, 'entries' | 'note'>;
}

/**
 * Notes of the alerts of a Cam show that are over without anybody's word, as those of a stream are when the next one arrives, that they
 * are cleared: since what ended them, so that it is noted once. Repeatable. @throws UnavailableError
 */
export const clearAlerts =
  ({ log }: ClearAlertsDeps) =>
  async ({ breakoutId, accountId, attempt }: HoldingShow): Promise<void> => {
    const entries = (await log.entries(breakoutId)).filter((entry) => entry.attempt === attempt);
    for (const { alert: { alertId = '', alertType = '' }, at } of silentEnds(entries)) {
      const cleared = { type: 'ALERT', name: 'CLEARED', message: 'it is over: a stream came after it', alertId, alertType } as const;
      await log.note({ breakoutId, accountId, attempt, at, id: `cleared-${alertId}-${at}`, ...cleared });
    }
  };
