import { randomBytes } from 'node:crypto';
import type { Identity } from '../../gateway/authentication/identities.ts';
import type { Principal } from '../../gateway/service.ts';
import type { Clock } from '../../runtime/clock.ts';
import type { StateStore } from '../../runtime/state/collection.ts';

/** Who has a session. */
export type SessionPrincipal = Exclude<Principal, { readonly kind: 'operator' }>;

/** Temporary credentials of a session. */
export interface SessionCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly principal: SessionPrincipal;
  /** Milliseconds since the epoch; absent = as long as the platform runs. */
  readonly expiresAt?: number;
}

/** The sessions of roles, and of services that call as themselves. */
export interface Sessions {
  /** New credentials that end after the given time, and are kept over a restart. */
  issue(roleArn: string, sessionName: string, seconds: number): SessionCredentials;
  /** Credentials for a service of this machine, the same ones for the same session. */
  ofService(roleArn: string, servicePrincipal: string, sessionName: string): SessionCredentials;
  /** Credentials for a service that calls as itself, the same ones for the same resource. */
  asService(service: string, sourceArn: string): SessionCredentials;
  identity(accessKeyId: string): Identity | undefined;
}

const newCredentials = (principal: SessionPrincipal): SessionCredentials => ({
  accessKeyId: `ASIA${randomBytes(8).toString('hex').toUpperCase()}`,
  secretAccessKey: randomBytes(30).toString('base64'),
  sessionToken: randomBytes(48).toString('base64'),
  principal,
});

const identityOf = ({ principal, secretAccessKey, sessionToken, expiresAt }: SessionCredentials): Identity => ({
  principal,
  secretAccessKey,
  sessionToken,
  ...(expiresAt !== undefined && { expiresAt }),
});

/** Opens the sessions in the given state. */
export const openSessions = (state: StateStore, clock: Clock): Sessions => {
  const issued = state.collection<SessionCredentials>('sts/sessions');
  const ofServices = new Map<string, SessionCredentials>();
  const serviceKeys = new Map<string, SessionCredentials>();
  const lasting = (principal: SessionPrincipal, purpose: string): SessionCredentials => {
    const key = JSON.stringify([principal, purpose]);
    const credentials = ofServices.get(key) ?? newCredentials(principal);
    ofServices.set(key, credentials);
    serviceKeys.set(credentials.accessKeyId, credentials);
    return credentials;
  };
  const forgetExpired = (): void => {
    for (const [key, { expiresAt = Infinity }] of [...issued.entries()]) if (expiresAt < clock.now()) issued.delete(key);
  };
  return {
    issue: (roleArn, sessionName, seconds) => {
      forgetExpired();
      const credentials = { ...newCredentials({ kind: 'role', roleArn, sessionName }), expiresAt: clock.now() + seconds * 1000 };
      issued.put(credentials.accessKeyId, credentials);
      return credentials;
    },
    ofService: (roleArn, servicePrincipal, sessionName) => lasting({ kind: 'role', roleArn, sessionName }, servicePrincipal),
    asService: (service, sourceArn) => lasting({ kind: 'service', service, sourceArn }, ''),
    identity: (accessKeyId) => {
      const credentials = serviceKeys.get(accessKeyId) ?? issued.get(accessKeyId);
      return credentials && identityOf(credentials);
    },
  };
};
