/** A response that is kept for who asks again. */
export interface KeptResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What a key stands for: `STARTED` = this request is to be carried out now. */
export type IdempotencyClaim =
  | { readonly outcome: 'STARTED' }
  | { readonly outcome: 'IN_PROGRESS' }
  | { readonly outcome: 'OTHER_REQUEST' }
  | { readonly outcome: 'COMPLETED'; readonly response: KeptResponse };

/** Names one request of one caller. */
export interface IdempotentRequest {
  readonly accountId: string;
  readonly key: string;
  /** Of method, path and body. */
  readonly fingerprint: string;
}

/** Remembers writes for 24 hours by the key that the client gave them. */
export interface IdempotencyStore {
  claim(request: IdempotentRequest): Promise<IdempotencyClaim>;
  complete(request: IdempotentRequest, response: KeptResponse): Promise<void>;
  /** Forgets a request that changed nothing, so that it can be made again with the same key. */
  abandon(request: IdempotentRequest): Promise<void>;
}
