/** A breakout bears what it used. */
export interface BreakoutOwner {
  readonly kind: 'BREAKOUT';
  readonly breakoutId: string;
  readonly eventId: string;
  readonly accountId: string;
}

/** An account bears lines of its own, which no breakout caused: one profile a purpose (`tier-adjustment`, `minimum`). */
export interface AccountOwner {
  readonly kind: 'ACCOUNT';
  readonly accountId: string;
  readonly purpose: string;
}

/** The platform bears overheads: one profile a purpose (`pipeline/<pipelineId>`). */
export interface PlatformOwner {
  readonly kind: 'PLATFORM';
  readonly purpose: string;
}

/** Whose usage a profile is. */
export type ProfileOwner = BreakoutOwner | AccountOwner | PlatformOwner;

/** What finds a profile: of a breakout, its id alone. */
export type ProfileRef = Pick<BreakoutOwner, 'kind' | 'breakoutId'> | AccountOwner | PlatformOwner;

/** The name of an owner among all: `bko_…`, `acc_…/minimum`, `platform/pipeline/…`. */
export const ownerIdOf = (owner: ProfileRef): string => {
  switch (owner.kind) {
    case 'BREAKOUT':
      return owner.breakoutId;
    case 'ACCOUNT':
      return `${owner.accountId}/${owner.purpose}`;
    case 'PLATFORM':
      return `platform/${owner.purpose}`;
  }
};

/** The account that bears a profile; undefined for the platform's. */
export const accountOf = (owner: ProfileOwner): string | undefined => (owner.kind === 'PLATFORM' ? undefined : owner.accountId);
