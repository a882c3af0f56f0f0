/** How far a change of a channel is. */
export type ShowProgress = { readonly status: 'DONE' } | { readonly status: 'PENDING' } | { readonly status: 'FAILED'; readonly reason: string };

/** The change is complete. */
export const done: ShowProgress = { status: 'DONE' };

/** The change is under way: ask again. */
export const pending: ShowProgress = { status: 'PENDING' };

/** The change will not come about. */
export const failed = (reason: string): ShowProgress => ({ status: 'FAILED', reason });
