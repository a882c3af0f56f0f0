/** What a member of an account is; the privileges of each are in the contract's table. */
export type Role = 'OWNER' | 'PRODUCER' | 'FINANCE' | 'VIEWER';

/** A person or machine that acts for an account. */
export interface Member {
  /** The `sub` of the person's tokens, or the client id of a machine. */
  readonly subject: string;
  readonly role: Role;
}

/** A customer of the platform: owns events, has its own usage. Times are ISO 8601 UTC with milliseconds. */
export interface Account {
  readonly accountId: string;
  readonly name: string;
  readonly members: readonly Member[];
  readonly createdAt: string;
  readonly updatedAt: string;
  /** Moves by one with every change; the ETag. */
  readonly revision: number;
}

/** Which account a subject acts for. A subject acts for one account only. */
export interface Membership extends Member {
  readonly accountId: string;
}
