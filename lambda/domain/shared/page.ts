/** Which part of a list is wanted. */
export interface PageRequest {
  readonly limit: number;
  /** The id of the last item of the page before. */
  readonly after?: string;
}

/** Part of a list, in order of creation. */
export interface Page<Item> {
  readonly items: readonly Item[];
  /** The id to ask `after` for the next page; absent = there is none. */
  readonly next?: string;
}
