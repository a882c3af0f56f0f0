import { resolveSession, type ResolveSessionDeps, type SessionRequest } from './resolve-session.ts';
import { admitDevice, type ViewerDeviceDeps } from './viewer-devices.ts';
import { viewerPartOf } from './viewer-sessions.ts';

/** What letting a viewer in needs. */
export interface AdmitViewerDeps extends Omit<ResolveSessionDeps, 'revocations'>, ViewerDeviceDeps {}

/** From when until when a viewer has access, in Unix seconds. */
export interface AccessTime {
  readonly since: number;
  readonly expiresAt: number;
}

/**
 * The session of a viewer who is let in, to a show or to a recording: a named viewer's new device takes the place of the
 * oldest beyond the limit, whichever it watches.
 * @throws InvalidInputError, ConflictError `session-over`, UnavailableError
 */
export const admitViewer =
  (deps: AdmitViewerDeps) =>
  async (request: SessionRequest, { since, expiresAt }: AccessTime): Promise<string> => {
    const { session, isRenewal } = await resolveSession(deps)(request);
    if (request.viewerId === undefined) return session;
    await admitDevice(deps)({ accountId: request.accountId, viewer: viewerPartOf(session) }, { session, since, expiresAt }, isRenewal);
    return session;
  };
