import { z } from 'zod';

const oneOrMany = z.union([z.string().transform((text) => [text]), z.array(z.string())]);

const principalSchema = z.union([z.literal('*').transform((): Record<string, string[]> => ({ AWS: ['*'] })), z.record(z.string(), oneOrMany)]);

const statementSchema = z
  .strictObject({
    Sid: z.string().optional(),
    Effect: z.enum(['Allow', 'Deny']),
    Action: oneOrMany.optional(),
    NotAction: oneOrMany.optional(),
    Resource: oneOrMany.optional(),
    NotResource: oneOrMany.optional(),
    Principal: principalSchema.optional(),
    NotPrincipal: principalSchema.optional(),
    Condition: z.record(z.string(), z.unknown()).optional(),
  })
  .refine(({ Action, NotAction }) => (Action === undefined) !== (NotAction === undefined), 'a statement has either Action or NotAction');

const documentSchema = z.object({
  Version: z.enum(['2012-10-17', '2008-10-17']).optional(),
  Id: z.string().optional(),
  Statement: z.union([statementSchema.transform((statement) => [statement]), z.array(statementSchema)]),
});

/** One statement of a policy, its single values made lists. */
export type PolicyStatement = z.output<typeof statementSchema>;

/** The statements of a policy document's JSON. Throws when it is not one. */
export const parsePolicy = (json: string): readonly PolicyStatement[] => documentSchema.parse(JSON.parse(json)).Statement;

/** What an identity-based policy must have more: resources, and no principals. */
export const isIdentityPolicy = (statements: readonly PolicyStatement[]): boolean =>
  statements.every(({ Resource, NotResource, Principal, NotPrincipal }) => (Resource === undefined) !== (NotResource === undefined) && !Principal && !NotPrincipal);
