import type { Permission, Principal } from '../service.ts';

/** Whom an access key belongs to. */
export interface Identity {
  readonly principal: Principal;
  readonly secretAccessKey: string;
  /** Temporary credentials must come with it. */
  readonly sessionToken?: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt?: number;
}

/** Who may call, and what they may do. Implemented by IAM. */
export interface AccessControl {
  identity(accessKeyId: string): Identity | undefined;
  /** Why the principal may not do it, in AWS's words; undefined when it may. */
  denial(principal: Principal, permission: Permission): string | undefined;
}

/** The operator of this machine: may do everything, with credentials that are no secret. */
export const operatorIdentity: Identity & { readonly accessKeyId: string } = {
  accessKeyId: 'local-operator',
  secretAccessKey: 'local-operator',
  principal: { kind: 'operator' },
};
