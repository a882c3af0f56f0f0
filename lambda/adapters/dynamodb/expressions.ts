/** An expression with its placeholders, as DynamoDB takes them. */
export interface Expression {
  readonly expression: string;
  readonly names: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, unknown>>;
}

/** A condition on the item as it is before the write. */
export type Condition = Expression;

/** A change of top-level attributes. `add` takes numbers and bigints, and starts from 0 where the attribute is absent. */
export interface Change {
  readonly set?: Readonly<Record<string, unknown>>;
  /** Set only where the attribute is absent. */
  readonly setOnce?: Readonly<Record<string, unknown>>;
  readonly add?: Readonly<Record<string, number | bigint>>;
  readonly remove?: readonly string[];
}

/** One record of several, the later over the earlier. */
export const merged = <Value>(records: readonly Readonly<Record<string, Value>>[]): Record<string, Value> =>
  Object.fromEntries(records.flatMap((record) => Object.entries(record)));

/** Holds when there is no such item. */
export const isAbsent: Condition = { expression: 'attribute_not_exists(PK)', names: {}, values: {} };

/** Holds when the attribute has this value. */
export const equals = (attribute: string, value: unknown): Condition => ({
  expression: `#c_${attribute} = :c_${attribute}`,
  names: { [`#c_${attribute}`]: attribute },
  values: { [`:c_${attribute}`]: value },
});

/** Holds when the item is absent, or has no such attribute. */
export const lacks = (attribute: string): Condition => ({ expression: `attribute_not_exists(#c_${attribute})`, names: { [`#c_${attribute}`]: attribute }, values: {} });

/** Holds when the attribute is 0 or absent: what was only ever added to counts nothing. */
export const countsNothing = (attribute: string): Condition => {
  const { expression, names, values } = equals(attribute, 0);
  return { expression: `${lacks(attribute).expression} OR ${expression}`, names, values };
};

/** Holds when all hold. The conditions must be on different attributes. */
export const all = (...conditions: readonly Condition[]): Condition => ({
  expression: conditions.map(({ expression }) => `(${expression})`).join(' AND '),
  names: merged(conditions.map(({ names }) => names)),
  values: merged(conditions.map(({ values }) => values)),
});

const clause = (keyword: string, parts: readonly string[]): string[] => (parts.length === 0 ? [] : [`${keyword} ${parts.join(', ')}`]);

/** Placeholders are of letters, digits and `_`, attributes of anything. */
const placeholder = (attribute: string): string => `u_${/^\w+$/.test(attribute) ? attribute : `0x${Buffer.from(attribute).toString('hex')}`}`;

const assignment = (operator: string) => (attribute: string): string => `#${placeholder(attribute)}${operator}:${placeholder(attribute)}`;

/** The update expression of a change. */
export const updateExpression = ({ set = {}, setOnce = {}, add = {}, remove = [] }: Change): Expression => {
  const assigned = { ...set, ...setOnce, ...add };
  const sets = [
    ...Object.keys(set).map(assignment(' = ')),
    ...Object.keys(setOnce).map((name) => `#${placeholder(name)} = if_not_exists(#${placeholder(name)}, :${placeholder(name)})`),
  ];
  return {
    expression: [
      ...clause('SET', sets),
      ...clause('ADD', Object.keys(add).map(assignment(' '))),
      ...clause('REMOVE', remove.map((name) => `#${placeholder(name)}`)),
    ].join(' '),
    names: Object.fromEntries([...Object.keys(assigned), ...remove].map((name) => [`#${placeholder(name)}`, name])),
    values: Object.fromEntries(Object.entries(assigned).map(([name, value]) => [`:${placeholder(name)}`, value])),
  };
};
