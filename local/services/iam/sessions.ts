import { randomBytes } from 'node:crypto';
import type { Identity } from '../../gateway/authentication/identities.ts';
import type { Clock } from '../../runtime/clock.ts';
import type { StateStore } from '../../runtime/state/collection.ts';

/** Temporary credentials of a role's session. */
export interface SessionCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly roleArn: string;
  readonly sessionName: string;
  /** Milliseconds since the epoch; absent = as long as the platform runs. */
  readonly expiresAt?: number;
}

/** The sessions of roles. */
export interface Sessions {
  /** New credentials that end after the given time, and are kept over a restart. */
  issue(roleArn: string, sessionName: string, seconds: number): SessionCredentials;
  /** Credentials for a service of this machine, the same ones for the same session. */
  ofService(roleArn: string, servicePrincipal: string, sessionName: string): SessionCredentials;
  identity(accessKeyId: string): Identity | undefined;
}

const newCredentials = (roleArn: string, sessionName: string): SessionCredentials => ({
  accessKeyId: `ASIA${randomBytes(8).toString('hex').toUpperCase()}`,
  secretAccessKey: randomBytes(30).toString('base64'),
  sessionToken: randomBytes(48).toString('base64'),
  roleArn,
  sessionName,
});

const identityOf = ({ roleArn, sessionName, secretAccessKey, sessionToken, expiresAt }: SessionCredentials): Identity => ({
  principal: { kind: 'role', roleArn, sessionName },
  secretAccessKey,
  sessionToken,
  ...(expiresAt !== undefined && { expiresAt }),
});

/** Opens the sessions in the given state. */
export const openSessions = (state: StateStore, clock: Clock): Sessions => {
  const issued = state.collection<SessionCredentials>('sts/sessions');
  const ofServices = new Map<string, SessionCredentials>();
  const serviceKeys = new Map<string, SessionCredentials>();
  const forgetExpired = (): void => {
    for (const [key, { expiresAt = Infinity }] of [...issued.entries()]) if (expiresAt < clock.now()) issued.delete(key);
  };
  return {
    issue: (roleArn, sessionName, seconds) => {
      forgetExpired();
      const credentials = { ...newCredentials(roleArn, sessionName), expiresAt: clock.now() + seconds * 1000 };
      issued.put(credentials.accessKeyId, credentials);
      return credentials;
    },
    ofService: (roleArn, servicePrincipal, sessionName) => {
      const key = JSON.stringify([roleArn, servicePrincipal, sessionName]);
      const credentials = ofServices.get(key) ?? newCredentials(roleArn, sessionName);
      ofServices.set(key, credentials);
      serviceKeys.set(credentials.accessKeyId, credentials);
      return credentials;
    },
    identity: (accessKeyId) => {
      const credentials = serviceKeys.get(accessKeyId) ?? issued.get(accessKeyId);
      return credentials && identityOf(credentials);
    },
  };
};
