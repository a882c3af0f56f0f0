import type { Audience, MinuteSessions, Peak } from './audience.ts';

/** Whose audience: the same viewers are counted at each level. */
export interface AudienceLevel {
  readonly kind: 'BREAKOUT' | 'EVENT' | 'ACCOUNT';
  readonly id: string;
}

/** Keeps who watched, by level and UTC month. Whatever is joined again changes nothing. */
export interface AudienceStore {
  /** What addresses are hashed with: made once, at random, and known to nobody else. */
  addressKey(): Promise<Uint8Array>;
  /** Joins what was seen to what is kept. Others may do so at the same time: nothing is lost. @throws UnavailableError */
  join(level: AudienceLevel, month: string, seen: Audience): Promise<void>;
  /** Joins sessions by minute; answers the highest of the minutes joined, with all that is known of them. @throws UnavailableError */
  joinMinutes(level: AudienceLevel, minutes: MinuteSessions): Promise<Peak | undefined>;
  /** Who watched in a month, or ever; undefined where nothing is kept. */
  read(level: AudienceLevel, month?: string): Promise<Audience | undefined>;
}
