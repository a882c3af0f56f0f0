import { NotFoundError } from './errors.ts';

/** The account of the platform's operator. */
export const platformAccountId = 'PLATFORM';

/** Who asks. */
export interface Caller {
  readonly subject: string;
  /** The caller's account, or {@link platformAccountId}. */
  readonly accountId: string;
  readonly role: string;
}

/** Whether the caller may know that something of this account exists. */
export const isVisible = (caller: Caller, accountId: string): boolean =>
  caller.accountId === accountId || caller.accountId === platformAccountId;

/**
 * The thing itself, if the caller may know of it.
 * @throws NotFoundError with the same words as for a thing that does not exist
 */
export const visibleTo = <Thing extends { readonly accountId: string }>(caller: Caller, kind: string, id: string, thing: Thing): Thing => {
  if (isVisible(caller, thing.accountId)) return thing;
  throw notFound(kind, id);
};

/** There is no such thing, as far as the caller may know. */
export const notFound = (kind: string, id: string): NotFoundError =>
  new NotFoundError({ code: `${kind}-not-found`, message: `there is no ${kind} ${id}`, details: { [`${kind}Id`]: id } });
