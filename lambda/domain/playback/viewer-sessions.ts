/** The part of a session that is the viewer, the rest is the device. */
export const viewerPartOf = (session: string): string => session.slice(0, 10);

/** Makes sessions, which name a viewer and a device to nobody but us. */
export interface ViewerSessions {
  /** The viewer's part: the same in all breakouts of an account, meaningless in others. @throws UnavailableError */
  viewerOf(accountId: string, viewerId: string): Promise<string>;
  /** A viewer's part that nobody has. */
  newViewer(): string;
  /** A device's part that the viewer does not have yet, as good as surely. */
  newDevice(): string;
}

/** Sessions whose tokens the edge refuses, though they have not expired. */
export interface SessionRevocations {
  /** @throws UnavailableError */
  isRevoked(session: string): Promise<boolean>;
  /** Revokes sessions until the last of their tokens has expired, in Unix seconds. @throws UnavailableError */
  revoke(sessions: readonly RevokedSession[]): Promise<void>;
  /** Forgets those whose tokens have all expired by a time, in Unix seconds. @throws UnavailableError */
  forgetExpired(now: number): Promise<void>;
}

/** A session that is refused until a time, in Unix seconds. */
export interface RevokedSession {
  readonly session: string;
  readonly until: number;
}
