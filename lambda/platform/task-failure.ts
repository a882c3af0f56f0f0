import * as z from 'zod';

/** What Lambda makes of an error that a task throws, inside the state machine's Cause. */
const causeSchema = z.object({ errorMessage: z.string() });

const messageOf = (cause: string): string => {
  try {
    return causeSchema.parse(JSON.parse(cause)).errorMessage;
  } catch {
    // Step Functions' own causes are plain text.
    return cause;
  }
};

const kebab = (name: string): string => name.replace(/([a-z0-9])([A-Z])/g, '$1-$2').replaceAll('.', '-').toLowerCase();

// A breakout's item is read often and has to stay small.
const longestMessage = 1000;

/** Why a show failed, from the error that the state machine caught. */
export const failureOf = (error: { readonly Error: string; readonly Cause?: string | undefined } | undefined): { readonly code: string; readonly message: string } => {
  if (error === undefined) return { code: 'unknown', message: 'the show failed without a reason given' };
  const message = messageOf(error.Cause ?? '') || error.Error;
  return { code: kebab(error.Error), message: message.slice(0, longestMessage) };
};
