import { randomBytes, randomUUID } from 'node:crypto';

// 24 bytes: 192 bits, in characters that every encoder takes.
const secretBytes = 24;

/** Text of hexadecimal digits that nobody guesses. */
export const newSecret = (): string => randomBytes(secretBytes).toString('hex');

/** As many bytes as are asked for, that nobody guesses. */
export const newBytes = (count: number): Uint8Array => randomBytes(count);

/** An id for an entry that nobody asks for by id. */
export const newEntryId = (): string => randomUUID();

// 16 characters of base64url, as a token's session has them.
const sessionBytes = 12;

/** The session of somebody who is nobody else's viewer; see contract/viewer-token.ts. */
export const newAnonymousSession = (): string => randomBytes(sessionBytes).toString('base64url');
