import { z } from 'zod';
import type { PolicyStatement } from './policy-document.ts';

/** What policies say of an action on a resource. */
export type Decision = 'allowed' | 'explicitly denied' | 'not allowed';

const patterns = new Map<string, RegExp>();

const wildcard = (pattern: string, flags: string): RegExp => {
  const key = `${flags}:${pattern}`;
  const known = patterns.get(key);
  if (known) return known;
  const source = pattern.replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`).replaceAll('*', '.*').replaceAll('?', '.');
  const compiled = new RegExp(`^${source}$`, `s${flags}`);
  patterns.set(key, compiled);
  return compiled;
};

const matchesAction = (list: readonly string[], action: string): boolean => list.some((pattern) => wildcard(pattern, 'i').test(action));

const matchesResource = (list: readonly string[], resource: string): boolean => list.some((pattern) => wildcard(pattern, '').test(resource));

const covers = ({ Action, NotAction, Resource, NotResource }: PolicyStatement, action: string, resource: string): boolean => {
  const actionCovered = Action ? matchesAction(Action, action) : !matchesAction(NotAction ?? [], action);
  if (!actionCovered) return false;
  if (Resource) return matchesResource(Resource, resource);
  return NotResource === undefined || !matchesResource(NotResource, resource);
};

/**
 * What a set of statements says of an action on a resource: a deny wins, no word is no.
 * Conditions are not evaluated: an Allow counts as if its condition held, a Deny as if it did not.
 */
export const evaluatePolicy = (statements: readonly PolicyStatement[], action: string, resource: string): Decision => {
  const covering = statements.filter((statement) => covers(statement, action, resource));
  if (covering.some(({ Effect, Condition }) => Effect === 'Deny' && !Condition)) return 'explicitly denied';
  return covering.some(({ Effect }) => Effect === 'Allow') ? 'allowed' : 'not allowed';
};

/** A service of AWS that calls for one of its resources. */
export interface CallingService {
  /** `cloudfront.amazonaws.com` */
  readonly service: string;
  readonly sourceArn: string;
}

const conditionSchema = z.record(z.string(), z.record(z.string(), z.union([z.string().transform((value) => [value]), z.array(z.string())])));

/** Whether a condition holds for a service's call. Only the source's ARN is known of it: any other key does not hold. */
const holds = (condition: unknown, { sourceArn }: CallingService): boolean => {
  const parsed = conditionSchema.safeParse(condition ?? {});
  if (!parsed.success) return false;
  return Object.entries(parsed.data).every(([operator, keys]) =>
    Object.entries(keys).every(([key, values]) => {
      if (key.toLowerCase() !== 'aws:sourcearn') return false;
      if (operator === 'StringEquals' || operator === 'ArnEquals') return values.includes(sourceArn);
      return (operator === 'StringLike' || operator === 'ArnLike') && values.some((pattern) => wildcard(pattern, '').test(sourceArn));
    }),
  );
};

/** Whether a policy of the thing that is called allows a service to do this. What local mode cannot know of a condition does not hold. */
export const allowsService = (statements: readonly PolicyStatement[], service: CallingService, action: string, resource: string): boolean => {
  const covering = statements.filter(
    (statement) => statement.Principal && covers(statement, action, resource) && (names(service, statement.Principal) || (statement.Principal.AWS ?? []).includes('*')) && holds(statement.Condition, service),
  );
  return covering.some(({ Effect }) => Effect === 'Allow') && !covering.some(({ Effect }) => Effect === 'Deny');
};

/** Whether a policy of the thing that is called keeps a principal of AWS out, whatever its own policies say. A condition does not hold here. */
export const deniesPrincipal = (statements: readonly PolicyStatement[], principalArn: string, action: string, resource: string): boolean =>
  statements.some(
    (statement) => statement.Effect === 'Deny' && !statement.Condition && statement.Principal && names({ aws: [principalArn] }, statement.Principal) && covers(statement, action, resource),
  );

/** Who a trust policy is asked about: a service (`lambda.amazonaws.com`), or any of the given names of an AWS principal. */
export type TrustedParty = { readonly service: string } | { readonly aws: readonly string[] };

const names = (party: TrustedParty, principal: NonNullable<PolicyStatement['Principal']>): boolean => {
  if ('service' in party) return (principal.Service ?? []).includes(party.service);
  return (principal.AWS ?? []).some((trusted) => trusted === '*' || party.aws.includes(trusted));
};

/** Whether a trust policy lets the party assume its role. */
export const isTrusted = (trust: readonly PolicyStatement[], party: TrustedParty): boolean => {
  const naming = trust.filter(({ Principal, Action }) => Principal && names(party, Principal) && matchesAction(Action ?? [], 'sts:AssumeRole'));
  return naming.some(({ Effect }) => Effect === 'Allow') && !naming.some(({ Effect, Condition }) => Effect === 'Deny' && !Condition);
};
