import type { FailoverSettings } from './failover-settings.ts';

/** What is known of an input when it is judged. */
export interface InputReport {
  /** How long no picture has come, in milliseconds; endless without a publisher. */
  readonly quietMilliseconds: number;
  /** Whether pictures have ever come. */
  readonly hasHadInput: boolean;
  readonly blackMilliseconds: number;
  readonly silentMilliseconds: number;
}

/** How bad it is: on air is what is least bad. */
export const fault = { none: 0, content: 1, loss: 2 } as const;

/** The fault of an input by the conditions that are set, `sinceStart` milliseconds into the run. */
export const faultOf = (report: InputReport, settings: FailoverSettings, sinceStart: number): number => {
  const { inputLossMilliseconds: loss = Infinity, videoBlack, audioSilence } = settings;
  // An encoder that has not come yet is given the time of a loss; one that left has gone at once.
  const quiet = report.hasHadInput ? report.quietMilliseconds : Math.min(report.quietMilliseconds, sinceStart);
  if (quiet >= loss && loss < Infinity) return fault.loss;
  const isBlack = report.blackMilliseconds >= (videoBlack?.milliseconds ?? Infinity);
  const isSilent = report.silentMilliseconds >= (audioSilence?.milliseconds ?? Infinity);
  return isBlack || isSilent ? fault.content : fault.none;
};
