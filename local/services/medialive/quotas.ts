import { TooManyRequestsException } from '@aws-sdk/client-medialive';

/** What an account may have in a Region. */
export interface MediaLiveQuotas {
  readonly channels: number;
  /** Inputs in a VPC are not counted. */
  readonly pushInputs: number;
  readonly securityGroups: number;
}

/** The quotas of a new account; this machine allows more unless told otherwise. */
export const defaultQuotas: MediaLiveQuotas = { channels: 5, pushInputs: 5, securityGroups: 5 };

/** Refuses what goes beyond a quota. */
export interface QuotaGate {
  /** @throws TooManyRequestsException when there are as many as may be */
  admit(kind: 'channels' | 'push inputs' | 'input security groups', existing: number): void;
}

/** A gate by the given quotas; without quotas everything is admitted. */
export const quotaGate = (quotas: MediaLiveQuotas | undefined): QuotaGate => ({
  admit: (kind, existing) => {
    if (quotas === undefined) return;
    const allowed = { channels: quotas.channels, 'push inputs': quotas.pushInputs, 'input security groups': quotas.securityGroups }[kind];
    if (existing < allowed) return;
    const message = `the quota of ${allowed} ${kind} in this Region is reached: delete one, or ask for more at Service Quotas`;
    throw new TooManyRequestsException({ message, Message: message, $metadata: {} });
  },
});
