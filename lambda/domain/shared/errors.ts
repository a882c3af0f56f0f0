/** What every domain error carries. */
export interface DomainErrorOptions {
  /** Stable, machine-readable, kebab-case: `breakout-not-scheduled`. */
  readonly code: string;
  /** Says what is wrong, what was got, what is allowed and how to mend it. */
  readonly message: string;
  readonly details?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
}

/** The root of all errors that the domain decides on. One leaf per decision that a caller makes. */
export abstract class DomainError extends Error {
  abstract readonly kind: 'InvalidInput' | 'NotFound' | 'Conflict' | 'NotAllowed' | 'Unavailable';
  readonly code: string;
  readonly details: Readonly<Record<string, unknown>>;

  constructor({ code, message, details, cause }: DomainErrorOptions) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.details = details ?? {};
  }
}

/** A field's value that cannot be accepted. */
export interface FieldProblem {
  /** A JSON pointer into the body, or the parameter's name. */
  readonly field: string;
  readonly message: string;
}

/** Thrown when a request cannot be right in any state of the world. Carries the fields at fault. */
export class InvalidInputError extends DomainError {
  override readonly name = 'InvalidInput';
  readonly kind = 'InvalidInput';
  readonly fields: readonly FieldProblem[];

  constructor(options: DomainErrorOptions & { readonly fields: readonly FieldProblem[] }) {
    super(options);
    this.fields = options.fields;
  }
}

/** Thrown when a thing does not exist, or belongs to another account (which is the same to a caller). */
export class NotFoundError extends DomainError {
  override readonly name = 'NotFound';
  readonly kind = 'NotFound';
}

/** Thrown when a request is right but the state of the world forbids it now. */
export class ConflictError extends DomainError {
  override readonly name = 'Conflict';
  readonly kind = 'Conflict';
}

/** Thrown when the caller may not do this. */
export class NotAllowedError extends DomainError {
  override readonly name = 'NotAllowed';
  readonly kind = 'NotAllowed';
}

/** Thrown when trying again may succeed: throttling, a passing fault, a conflict between transactions. */
export class UnavailableError extends DomainError {
  override readonly name = 'Unavailable';
  readonly kind = 'Unavailable';
}
