import { randomInt } from 'node:crypto';
import { InvalidParameterException, type GetRandomPasswordRequest } from '@aws-sdk/client-secrets-manager';

const alphabets = {
  lowercase: 'abcdefghijklmnopqrstuvwxyz',
  uppercase: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
  numbers: '0123456789',
  punctuation: '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~',
};

const pick = (from: string): string => from.charAt(randomInt(from.length));

/** A password as GetRandomPassword makes it: by default 32 characters, with one of each included kind at least. */
export const randomPassword = (request: GetRandomPasswordRequest): string => {
  const length = request.PasswordLength ?? 32;
  const included = [
    request.ExcludeLowercase ? '' : alphabets.lowercase,
    request.ExcludeUppercase ? '' : alphabets.uppercase,
    request.ExcludeNumbers ? '' : alphabets.numbers,
    request.ExcludePunctuation ? '' : alphabets.punctuation,
    request.IncludeSpace ? ' ' : '',
  ].map((alphabet) => alphabet.replaceAll(/./g, (character) => (request.ExcludeCharacters?.includes(character) ? '' : character)));
  const kinds = included.filter((alphabet) => alphabet !== '');
  if (kinds.length === 0 || length < kinds.length || length > 4096) {
    throw new InvalidParameterException({ message: `PasswordLength ${length} does not fit ${kinds.length} kinds of characters: allowed are 1 to 4096, and at least one of each kind.`, $metadata: {} });
  }
  const all = kinds.join('');
  const first = request.RequireEachIncludedType === false ? [] : kinds.map(pick);
  const characters = [...first, ...Array.from({ length: length - first.length }, () => pick(all))];
  // Where the required kinds stand must not be guessable.
  return characters.map((character) => ({ character, order: randomInt(2 ** 32) })).toSorted((a, b) => a.order - b.order).map(({ character }) => character).join('');
};
