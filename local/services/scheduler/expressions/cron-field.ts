/** What a field of a cron expression may hold. */
export interface CronField {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  /** Names of the values, from `from` on: `JAN`. */
  readonly names: readonly string[];
}

const parseValue = (text: string, { name, from, to, names }: CronField): number => {
  const named = names.indexOf(text.toUpperCase());
  const value = named >= 0 ? from + named : /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= from && value <= to) return value;
  throw new RangeError(`${text} is not a value of the ${name} of a cron expression: expected ${from} to ${to}`);
};

const parsePart = (part: string, field: CronField): readonly number[] => {
  const [range = '', stepText] = part.split('/');
  const step = stepText === undefined ? 1 : Number(stepText);
  if (!(Number.isInteger(step) && step >= 1)) throw new RangeError(`${part} has a step of ${stepText ?? ''}, expected a whole number of at least 1`);
  const [first = '', last] = range.split('-');
  const from = range === '*' ? field.from : parseValue(first, field);
  const openEnd = range === '*' || (last === undefined && stepText !== undefined);
  const to = openEnd ? field.to : last === undefined ? from : parseValue(last, field);
  // A range may wrap: FRI-MON.
  const length = (to >= from ? to - from : to - from + field.to - field.from + 1) + 1;
  return Array.from({ length: Math.ceil(length / step) }, (_, index) => {
    const value = from + index * step;
    return value > field.to ? value - (field.to - field.from + 1) : value;
  });
};

/** The values that a field such as `0/15` or `MON-FRI,SUN` names. Throws a RangeError. */
export const parseField = (text: string, field: CronField): ReadonlySet<number> => new Set(text.split(',').flatMap((part) => parsePart(part, field)));
