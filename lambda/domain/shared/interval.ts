import { type FieldProblem, InvalidInputError } from './errors.ts';

/** A half-open interval of timestamps. */
export interface Interval {
  readonly startsAt: string;
  readonly endsAt: string;
}

/** Refuses a request for the fields named. */
export const invalidFields = (code: string, fields: readonly FieldProblem[]): InvalidInputError =>
  new InvalidInputError({ code, message: fields.map(({ field, message }) => `${field} ${message}`).join('; '), fields });

/** Refuses an interval that ends before or as it starts. @throws InvalidInputError */
export const requireEndAfterStart = ({ startsAt, endsAt }: Interval): void => {
  if (endsAt > startsAt) return;
  throw invalidFields('ends-before-start', [{ field: '/endsAt', message: `is ${endsAt}, expected a time after startsAt ${startsAt}` }]);
};

/** Refuses an interval that is not wholly within another. @throws InvalidInputError that names the fields */
export const requireWithin = (inner: Interval, outer: Interval, outerName: string): void => {
  const fields = [
    ...(inner.startsAt < outer.startsAt ? [{ field: '/startsAt', message: `is ${inner.startsAt}, before ${outerName} starts at ${outer.startsAt}` }] : []),
    ...(inner.endsAt > outer.endsAt ? [{ field: '/endsAt', message: `is ${inner.endsAt}, after ${outerName} ends at ${outer.endsAt}` }] : []),
  ];
  if (fields.length > 0) throw invalidFields('outside-event', fields);
};
