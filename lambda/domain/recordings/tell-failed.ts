import type { Losses } from '../shared/losses.ts';
import { formatNotPossibleCode } from './film/film-recording.ts';
import type { Recording } from './recording.ts';

/** What telling of failed recordings needs. */
export interface TellFailedDeps {
  readonly losses: Losses;
}

/** Tells whoever is on call of a recording that has just ended and is not whole. What its pipeline can never make is no loss. */
export const tellFailed = ({ losses }: TellFailedDeps, { breakoutId, status, failure }: Pick<Recording, 'breakoutId' | 'status' | 'failure'>): void => {
  if (failure === undefined || failure.code === formatNotPossibleCode || (status !== 'READY' && status !== 'FAILED')) return;
  losses.tell({ kind: 'RECORDING_FAILED', breakoutId, message: `the recording is ${status}, ${failure.code}: ${failure.message}` });
};
