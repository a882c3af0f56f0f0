/** Headers in their order, with the case in which they are sent. */
export type HeaderList = readonly (readonly [string, string])[];

/** The values of a header, joined by commas; undefined = absent. */
export const headerValue = (headers: HeaderList, name: string): string | undefined => {
  const values = headers.filter(([other]) => other.toLowerCase() === name.toLowerCase()).map(([, value]) => value);
  return values.length === 0 ? undefined : values.join(', ');
};

/** The headers without the named ones. */
export const withoutHeaders = (headers: HeaderList, names: readonly string[]): HeaderList => {
  const dropped = new Set(names.map((name) => name.toLowerCase()));
  return headers.filter(([name]) => !dropped.has(name.toLowerCase()));
};

/** The headers with the given ones in place of others of the same name. */
export const replaceHeaders = (headers: HeaderList, replacements: HeaderList): HeaderList => [
  ...withoutHeaders(headers, replacements.map(([name]) => name)),
  ...replacements,
];

/** Pairs from the flat list of Node's `rawHeaders`. */
export const fromRawHeaders = (raw: readonly string[]): HeaderList =>
  Array.from({ length: raw.length / 2 }, (_, index) => [raw[index * 2] ?? '', raw[index * 2 + 1] ?? ''] as const);

const hopByHop = ['connection', 'keep-alive', 'proxy-authenticate', 'proxy-authorization', 'proxy-connection', 'te', 'trailer', 'transfer-encoding', 'upgrade'];

/** The headers that travel further than one connection. */
export const endToEndHeaders = (headers: HeaderList): HeaderList => withoutHeaders(headers, hopByHop);
