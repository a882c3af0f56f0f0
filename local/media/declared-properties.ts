import type { ParityNote } from '../assembly/parity.ts';

/** What local mode does with a property that AWS knows. What no rule names is refused. */
export type PropertyRule =
  | { readonly stance: 'enforced'; readonly allowed?: readonly (string | number | boolean)[]; readonly note?: string }
  | { readonly stance: 'inert'; readonly reason: string };

/** Rules by path: `VideoDescriptions[].Height`. A rule for an object or list holds for all below it. */
export type PropertyRules = Readonly<Record<string, PropertyRule>>;

/** A property that cannot be honoured. */
export interface UnsupportedProperty {
  /** As the service names it: `/videoDescriptions[0]/height`. */
  readonly elementPath: string;
  readonly message: string;
}

export const honoured: PropertyRule = { stance: 'enforced' };

/** Honoured for these values only. */
export const oneOf = (...allowed: readonly (string | number | boolean)[]): PropertyRule => ({ stance: 'enforced', allowed });

/** Accepted without effect. */
export const inert = (reason: string): PropertyRule => ({ stance: 'inert', reason });

/** Every property of a declaration that the rules refuse, with what is allowed in its place. */
export const findUnsupported = (rules: PropertyRules, value: unknown): readonly UnsupportedProperty[] => visit(rules, value, '', '');

/** The rules as lines of the parity page. */
export const parityOf = (subject: string, prefix: string, rules: PropertyRules): readonly ParityNote[] =>
  Object.entries(rules).map(([path, rule]) => {
    const reason = rule.stance === 'inert' ? rule.reason : describeLimits(rule);
    return { subject, item: `${prefix}${path}`, stance: rule.stance, ...(reason === undefined ? {} : { reason }) };
  });

const describeLimits = ({ allowed, note }: { readonly allowed?: readonly unknown[]; readonly note?: string }): string | undefined =>
  allowed === undefined ? note : `only ${allowed.join(', ')}; other values are refused`;

const visit = (rules: PropertyRules, value: unknown, path: string, elementPath: string): readonly UnsupportedProperty[] => {
  if (value === undefined || value === null) return [];
  const rule = rules[path];
  if (rule !== undefined) return isAllowed(rule, value) ? [] : [{ elementPath, message: refusal(rule, value) }];
  if (Array.isArray(value)) return value.flatMap((item, index) => visit(rules, item, `${path}[]`, `${elementPath}[${index}]`));
  if (typeof value !== 'object') return [{ elementPath, message: 'local mode cannot honour this property: remove it' }];
  return Object.entries(value).flatMap(([key, member]) => visit(rules, member, path === '' ? key : `${path}.${key}`, `${elementPath}/${key.charAt(0).toLowerCase()}${key.slice(1)}`));
};

const isAllowed = (rule: PropertyRule, value: unknown): boolean =>
  rule.stance === 'inert' || rule.allowed === undefined || rule.allowed.some((allowed) => allowed === value);

const refusal = (rule: PropertyRule, value: unknown): string =>
  `local mode cannot honour ${JSON.stringify(value)}: allowed ${rule.stance === 'enforced' ? (rule.allowed ?? []).join(', ') : ''}`;
