/** Whose resources these are: the account and the Region in their ARNs. */
export interface ResourceOwner {
  readonly region: string;
  readonly accountId: string;
}
