import { NoSuchEntityException } from '@aws-sdk/client-iam';
import type { StateStore } from '../../runtime/state/collection.ts';
import { managedPolicies } from './managed-policies.ts';
import { parsePolicy, type PolicyStatement } from './policy/policy-document.ts';

/** A role as it is kept. */
export interface RoleRecord {
  readonly name: string;
  readonly path: string;
  readonly id: string;
  readonly arn: string;
  readonly description?: string | undefined;
  readonly createdAt: number;
  readonly maxSessionSeconds: number;
  /** JSON, as it was given. */
  readonly trustPolicy: string;
  /** JSON by name. */
  readonly inlinePolicies: Readonly<Record<string, string>>;
  readonly managedPolicyArns: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
}

/** The roles of the account. */
export interface RoleRegistry {
  /** Throws `NoSuchEntityException`. */
  role(name: string): RoleRecord;
  find(name: string): RoleRecord | undefined;
  findByArn(arn: string): RoleRecord | undefined;
  all(): readonly RoleRecord[];
  put(role: RoleRecord): void;
  delete(name: string): void;
  /** The statements of all policies of a role; none when there is no such role. */
  statements(arn: string): readonly PolicyStatement[];
}

const statementsOf = ({ inlinePolicies, managedPolicyArns }: RoleRecord): readonly PolicyStatement[] =>
  [...Object.values(inlinePolicies), ...managedPolicyArns.map((arn) => managedPolicies.get(arn)).filter((document) => document !== undefined)].flatMap(parsePolicy);

/** Opens the roles in the given state. */
export const openRoles = (state: StateStore): RoleRegistry => {
  const roles = state.collection<RoleRecord>('iam/roles');
  const cache = new Map<string, readonly PolicyStatement[]>();
  const findByArn = (arn: string): RoleRecord | undefined => {
    const role = roles.get(arn.split('/').at(-1) ?? '');
    return role?.arn === arn ? role : undefined;
  };
  return {
    role: (name) => {
      const role = roles.get(name);
      if (!role) throw new NoSuchEntityException({ message: `The role with name ${name} cannot be found.`, $metadata: {} });
      return role;
    },
    find: (name) => roles.get(name),
    findByArn,
    all: () => [...roles.values()],
    put: (role) => {
      cache.delete(role.arn);
      roles.put(role.name, role);
    },
    delete: (name) => {
      cache.delete(roles.get(name)?.arn ?? '');
      roles.delete(name);
    },
    statements: (arn) => {
      const role = findByArn(arn);
      const statements = cache.get(arn) ?? (role ? statementsOf(role) : []);
      if (role) cache.set(arn, statements);
      return statements;
    },
  };
};
