import type { ParityNote } from '../../assembly/parity.ts';

const subject = 'cognito-idp';

/** How far the service follows AWS. */
export const cognitoParity: readonly ParityNote[] = [
  { subject, item: 'client credentials, scopes, lifetimes, claims and keys of access tokens', stance: 'enforced' },
  { subject, item: 'issuer', stance: 'inert', reason: 'the ProviderURL is the local issuer over HTTP' },
  { subject, item: 'signing in', stance: 'inert', reason: 'POST /local/sign-in answers the token of any user that it is asked for: there are no users, passwords or pages' },
  { subject, item: 'domains', stance: 'inert', reason: 'kept; every pool has the one token endpoint' },
  { subject, item: 'settings of pools', stance: 'inert', reason: 'kept and described' },
];
