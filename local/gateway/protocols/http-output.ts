import { membersOf, type Shape } from '../codec/sdk-schema.ts';
import { writeText } from '../codec/text-value.ts';

const entriesOf = (value: unknown): [string, unknown][] => (typeof value === 'object' && value !== null ? Object.entries(value) : []);

const headersOf = (member: Shape, value: unknown): [string, string][] => {
  const { httpHeader, httpPrefixHeaders } = member.getMergedTraits();
  if (httpPrefixHeaders !== undefined) return entriesOf(value).map(([name, item]) => [httpPrefixHeaders + name, String(item)]);
  if (httpHeader === undefined || value === undefined || value === null) return [];
  if (!Array.isArray(value)) return [[httpHeader, writeText(member, value, 'http-date')]];
  return [[httpHeader, value.map((item: unknown) => writeText(member.getValueSchema(), item, 'http-date')).join(', ')]];
};

/** The headers that an output's members make. */
export const outputHeaders = (shape: Shape, output: object): Record<string, string> => {
  const values = new Map<string, unknown>(Object.entries(output));
  return Object.fromEntries(membersOf(shape).flatMap(([name, member]) => headersOf(member, values.get(name))));
};

/** The status that an output's own member says (Lambda's `StatusCode`), if it has one. */
export const outputStatus = (shape: Shape, output: object): number | undefined => {
  const [name] = membersOf(shape).find(([, member]) => member.getMergedTraits().httpResponseCode === 1) ?? [];
  const status: unknown = new Map<string, unknown>(Object.entries(output)).get(name ?? '');
  return typeof status === 'number' ? status : undefined;
};

/** The members of an output that make its body. */
export const bodyMembers = (shape: Shape, output: object): object => {
  const bound = new Set(
    membersOf(shape)
      .filter(([, member]) => {
        const { httpHeader, httpPrefixHeaders, httpResponseCode } = member.getMergedTraits();
        return httpHeader !== undefined || httpPrefixHeaders !== undefined || httpResponseCode === 1;
      })
      .map(([name]) => name),
  );
  return Object.fromEntries(Object.entries(output).filter(([name]) => !bound.has(name)));
};

/** The member that is the whole body, if the shape has one. */
export const payloadMember = (shape: Shape): readonly [name: string, member: Shape] | undefined =>
  membersOf(shape).find(([, member]) => member.getMergedTraits().httpPayload === 1);
