import { z } from 'zod';

const tokenSchema = z.object({ executionArn: z.string(), frameId: z.string(), secret: z.string() });

/** A task token: opaque to functions, it leads to its frame. */
export const taskTokenOf = (executionArn: string, frameId: string, secret: string): string =>
  Buffer.from(JSON.stringify({ executionArn, frameId, secret })).toString('base64url');

/** The execution that a token was made for; `undefined` when it is no token. */
export const executionOfToken = (token: string): string | undefined => {
  try {
    return tokenSchema.parse(JSON.parse(Buffer.from(token, 'base64url').toString())).executionArn;
  } catch {
    return undefined;
  }
};
