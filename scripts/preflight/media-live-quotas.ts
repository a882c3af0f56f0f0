/** Things that MediaLive counts in a Region of an account. */
export const countedThings = ['channels', 'uhdChannels', 'pushInputs', 'vpcInputs', 'securityGroups'] as const;

export type CountedThing = (typeof countedThings)[number];

/** So many of each. */
export type Counts = Readonly<Record<CountedThing, number>>;

/** A quota of MediaLive as Service Quotas knows it. */
export interface MediaLiveQuota {
  readonly code: string;
  readonly name: string;
  /** Of a new account, in case Service Quotas does not tell. https://docs.aws.amazon.com/medialive/latest/ug/limits.html */
  readonly usualValue: number;
}

/** The quotas that a pipeline counts against. A code that AWS should change is still found by its name. */
export const mediaLiveQuotas: Readonly<Record<CountedThing, MediaLiveQuota>> = {
  channels: { code: 'L-D1AFAF75', name: 'Channels', usualValue: 5 },
  uhdChannels: { code: 'L-DDE858F0', name: 'UHD Channels', usualValue: 1 },
  pushInputs: { code: 'L-9E233AF7', name: 'Push Inputs', usualValue: 5 },
  vpcInputs: { code: 'L-68E02936', name: 'VPC Inputs', usualValue: 50 },
  securityGroups: { code: 'L-6A0116BB', name: 'Input Security Groups', usualValue: 5 },
};

/** The code under which Service Quotas keeps MediaLive. */
export const mediaLiveServiceCode = 'medialive';
