import { ConflictError, InvalidInputError } from '../shared/errors.ts';
import { type SessionRevocations, viewerPartOf, type ViewerSessions } from './viewer-sessions.ts';
import type { TokenBinding, TokenPurpose, ViewerTokens } from './viewer-tokens.ts';

/** What finding a viewer's session needs. */
export interface ResolveSessionDeps {
  readonly tokens: Pick<ViewerTokens, 'read'>;
  readonly sessions: ViewerSessions;
  readonly revocations: Pick<SessionRevocations, 'isRevoked'>;
}

/** Who asks for access, and with what of an earlier one. */
export interface SessionRequest {
  readonly accountId: string;
  readonly breakoutId: string;
  /** The caller's own name of the viewer; absent = anonymous. Never part of a token as it is. */
  readonly viewerId?: string;
  /** What an earlier access is renewed with: `<breakoutId>/<token>`. */
  readonly renewWith?: string;
  readonly boundTo?: TokenBinding;
}

/** A viewer's session. */
export interface ResolvedSession {
  readonly session: string;
  readonly isRenewal: boolean;
}

const refused = (message: string): ConflictError => new ConflictError({ code: 'session-over', message: `${message}: ask for a new one without renewWith` });

const separated = (renewWith: string): { readonly subject: string; readonly token: string } => {
  const [subject = '', token, ...rest] = renewWith.split('/');
  if (token !== undefined && rest.length === 0) return { subject, token };
  const message = 'expected the renewWith of an earlier answer';
  throw new InvalidInputError({ code: 'invalid-renewal', message: `renewWith: ${message}`, fields: [{ field: '/renewWith', message }] });
};

/** What a renewal is made with, as the caller got it. */
export const renewalOf = (breakoutId: string, token: string): string => `${breakoutId}/${token}`;

/** The session of a token that was given out earlier. @throws InvalidInputError, ConflictError `session-over` */
export const sessionOf =
  (deps: Pick<ResolveSessionDeps, 'tokens' | 'revocations'>) =>
  async (renewWith: string, boundTo: TokenBinding | undefined): Promise<{ readonly session: string; readonly subject: string; readonly expiresAt: number; readonly purpose: TokenPurpose }> => {
    const { subject, token } = separated(renewWith);
    const claims = await deps.tokens.read(token, subject, boundTo);
    if (claims === undefined) throw refused('renewWith is of an access that has expired, is bound otherwise, or is not ours');
    if (await deps.revocations.isRevoked(claims.session)) throw refused('the session was revoked, or a newer device has taken its place');
    return { ...claims, subject };
  };

/**
 * The viewer's session: that of the access that is renewed, else a new one. A named viewer keeps a device in all breakouts of
 * the account; an anonymous one is known in one breakout alone.
 * @throws InvalidInputError, ConflictError `session-over`
 */
export const resolveSession =
  (deps: ResolveSessionDeps) =>
  async ({ accountId, breakoutId, viewerId, renewWith, boundTo }: SessionRequest): Promise<ResolvedSession> => {
    const viewer = viewerId === undefined ? undefined : await deps.sessions.viewerOf(accountId, viewerId);
    if (renewWith === undefined) return { session: `${viewer ?? deps.sessions.newViewer()}${deps.sessions.newDevice()}`, isRenewal: false };
    const { session, subject, purpose } = await sessionOf(deps)(renewWith, boundTo);
    const isTheirs = purpose !== 'preview' && (viewer === undefined ? subject === breakoutId : viewerPartOf(session) === viewer);
    if (!isTheirs) throw refused('renewWith is of another viewer');
    return { session, isRenewal: true };
  };
