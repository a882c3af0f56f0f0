import * as z from 'zod';
import { roles } from '../roles.ts';
import { answeredTimeSchema, changesNothing, changesSomething, nameSchema, pageOf } from './fields.ts';

const memberSchema = z.strictObject({ subject: z.string().trim().min(1).max(200), role: z.enum(roles) });

// One transaction writes an account with its memberships: at most 100 actions, of which old and new members share.
const membersSchema = z.array(memberSchema).max(40);

/** Body of createAccount. */
export const createAccountBodySchema = z.strictObject({ name: nameSchema, members: membersSchema.default([]) });

/** Body of updateAccount; members replace the whole list. */
export const updateAccountBodySchema = z
  .strictObject({ name: nameSchema.exactOptional(), members: membersSchema.exactOptional() })
  .refine(changesSomething, changesNothing);

/** An account as the API answers it. */
export const accountBodySchema = z.object({
  accountId: z.string(),
  name: z.string(),
  members: z.array(memberSchema),
  createdAt: answeredTimeSchema,
  updatedAt: answeredTimeSchema,
});

export type AccountBody = z.infer<typeof accountBodySchema>;

/** Answer of listAccounts. */
export const accountPageSchema = pageOf(accountBodySchema);
