import type { FailoverSettings } from './failover-settings.ts';
import { fault } from './input-health.ts';
import type { SwitchReason } from './relay-event.ts';

/** An input as the policy sees it. */
export interface Candidate {
  /** As `faultOf` says. */
  readonly fault: number;
  /** Whether it could go on air now. */
  readonly isArriving: boolean;
  /** For how long it has had no fault, in milliseconds. */
  readonly healthyMilliseconds: number;
}

/** Whether the other input goes on air, and why. */
export const judgeInputs = (active: Candidate & { readonly isPrimary: boolean }, other: Candidate, settings: FailoverSettings): Exclude<SwitchReason, 'SCHEDULE'> | undefined => {
  if (!other.isArriving) return undefined;
  if (active.fault > other.fault) return 'FAILOVER';
  const wantsBack = settings.preference === 'PRIMARY_INPUT_PREFERRED' && !active.isPrimary;
  return wantsBack && other.fault === fault.none && other.healthyMilliseconds >= settings.errorClearMilliseconds ? 'FAIL_BACK' : undefined;
};
