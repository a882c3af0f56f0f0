import { ConflictError } from '../shared/errors.ts';
import { untilSaved } from '../shared/revision.ts';
import type { RevokedSession, SessionRevocations } from './viewer-sessions.ts';

/** A device that a viewer's token was made for. Times in Unix seconds. */
export interface ViewerDevice {
  readonly session: string;
  /** When its first token was made. */
  readonly since: number;
  /** When its last token expires. */
  readonly expiresAt: number;
}

/** The devices of one viewer, oldest first. */
export interface KeptDevices {
  readonly devices: readonly ViewerDevice[];
  /** 0 = nothing is kept yet. */
  readonly revision: number;
}

/** Keeps which devices a viewer watches on. */
export interface ViewerDeviceStore {
  get(accountId: string, viewer: string): Promise<KeptDevices>;
  /** Writes over the revision before; false = somebody else wrote first. */
  save(accountId: string, viewer: string, kept: KeptDevices): Promise<boolean>;
}

/** What keeping to the limit needs. */
export interface ViewerDeviceDeps {
  readonly devices: ViewerDeviceStore;
  readonly revocations: SessionRevocations;
  readonly devicesPerViewer: number;
}

/** One viewer of an account. */
export interface KnownViewer {
  readonly accountId: string;
  /** The viewer's part of the session. */
  readonly viewer: string;
}

const revokedOf = ({ session, expiresAt }: ViewerDevice): RevokedSession => ({ session, until: expiresAt });

/** Refuses a device that a newer one has taken the place of. */
const requireKept = (kept: readonly ViewerDevice[], session: string): void => {
  if (kept.some((one) => one.session === session)) return;
  throw new ConflictError({ code: 'session-over', message: 'this session was revoked, or a newer device has taken its place: ask for a new one without renewWith' });
};

/**
 * Counts a device among the viewer's: a new one beyond the limit revokes the oldest, a renewed one stays in its place.
 * What is revoked is refused by the edge before it is forgotten here, so that a failure in between revokes too early, never too late.
 * @throws ConflictError `session-over` when a renewed device has lost its place, UnavailableError
 */
export const admitDevice =
  ({ devices, revocations, devicesPerViewer }: ViewerDeviceDeps) =>
  async ({ accountId, viewer }: KnownViewer, device: ViewerDevice, isRenewal: boolean): Promise<void> => {
    await untilSaved('the devices of the viewer', async () => {
      const { devices: known, revision } = await devices.get(accountId, viewer);
      const alive = known.filter(({ expiresAt }) => expiresAt > device.since);
      if (isRenewal) requireKept(alive, device.session);
      const renewed = alive.map((one) => (one.session === device.session ? { ...one, expiresAt: Math.max(one.expiresAt, device.expiresAt) } : one));
      const all = isRenewal ? renewed : [...renewed, device];
      const removed = all.slice(0, Math.max(0, all.length - devicesPerViewer));
      if (removed.length > 0) await revocations.revoke(removed.map(revokedOf));
      return (await devices.save(accountId, viewer, { devices: all.slice(removed.length), revision: revision + 1 })) ? true : undefined;
    });
  };

/** Revokes a viewer's devices, or the one of a session. Answers which. @throws UnavailableError */
export const dismissDevices =
  ({ devices, revocations }: Pick<ViewerDeviceDeps, 'devices' | 'revocations'>) =>
  async ({ accountId, viewer }: KnownViewer, now: number, session?: string): Promise<readonly string[]> =>
    untilSaved('the devices of the viewer', async () => {
      const { devices: known, revision } = await devices.get(accountId, viewer);
      const alive = known.filter(({ expiresAt }) => expiresAt > now);
      const dismissed = alive.filter((one) => session === undefined || one.session === session);
      if (dismissed.length === 0) return [];
      await revocations.revoke(dismissed.map(revokedOf));
      const kept = alive.filter((one) => !dismissed.includes(one));
      return (await devices.save(accountId, viewer, { devices: kept, revision: revision + 1 })) ? dismissed.map((one) => one.session) : undefined;
    });
