import { z } from 'zod';

const oneOrMany = z.union([z.string().transform((text) => [text]), z.array(z.string())]);

const statementSchema = z.object({ Effect: z.enum(['Allow', 'Deny']), Action: oneOrMany, Resource: oneOrMany });

/** The policy that an authoriser returns. */
export const policySchema = z.object({ Version: z.string().optional(), Statement: z.union([statementSchema.transform((one) => [one]), z.array(statementSchema)]) });

export type AuthorizerPolicy = z.infer<typeof policySchema>;

const matches = (pattern: string, value: string): boolean =>
  new RegExp(`^${pattern.replace(/[.+^${}()|[\]\\]/gu, '\\$&').replaceAll('*', '[^]*').replaceAll('?', '[^]')}$`, 'iu').test(value);

/** Whether the policy allows to call the method, says nothing of it, or denies it. */
export const decide = ({ Statement: statements }: AuthorizerPolicy, methodArn: string): 'allowed' | 'not-allowed' | 'denied' => {
  const concerned = statements.filter(({ Action, Resource }) =>
    Action.some((action) => matches(action, 'execute-api:Invoke')) && Resource.some((resource) => matches(resource, methodArn)));
  if (concerned.some(({ Effect }) => Effect === 'Deny')) return 'denied';
  return concerned.length > 0 ? 'allowed' : 'not-allowed';
};
