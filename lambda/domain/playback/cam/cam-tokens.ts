/** What a playback token of an IVS channel grants: whoever has it may begin to play the channel. */
export interface CamGrant {
  readonly channelArn: string;
  /** Whom a revocation names: all viewers of a breakout have one name. */
  readonly viewerId: string;
  /** Revocations are up to a version. */
  readonly version: number;
  /** Unix seconds. */
  readonly expiresAt: number;
}

/** Makes the playback tokens that IVS accepts. */
export interface CamTokens {
  /** @throws UnavailableError */
  issue(grant: CamGrant): Promise<string>;
}

/** Ends what viewers play. */
export interface CamViewers {
  /** Ends the playbacks of a viewer's tokens up to a version, and refuses these tokens from then on. Repeatable. @throws UnavailableError */
  revoke(channelArn: string, viewerId: string, version: number): Promise<void>;
}

/** How all attendees of a breakout are named to IVS, so that one revocation is of all. */
export const attendeesOf = (breakoutId: string): string => breakoutId;

/** How those are named who look behind the curtain: lowering it does not end what they play. They are put out all at once, too. */
export const previewersOf = (breakoutId: string): string => `${breakoutId}-preview`;
