import type * as z from 'zod';
import { environmentGroups, type EnvironmentGroup, type EnvironmentGroupName } from '../contract/environment.ts';

const schemas: { readonly [Name in EnvironmentGroupName]: z.ZodType<EnvironmentGroup<Name>> } = environmentGroups;

/**
 * Reads one group of environment variables.
 * @throws Error that names each variable at fault; the stack that deploys the function sets them.
 */
export const readEnvironment = <Name extends EnvironmentGroupName>(name: Name): EnvironmentGroup<Name> => {
  const result = schemas[name].safeParse(process.env);
  if (result.success) return result.data;
  const problems = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ');
  throw new Error(`environment group ${name} is incomplete: ${problems}`, { cause: result.error });
};
