/** What a viewer's token is for. */
export interface ViewerGrant {
  readonly breakoutId: string;
  /** Unix seconds. */
  readonly expiresAt: number;
  /** The caller's own name of the viewer; absent = anonymous. Never part of the token as it is. */
  readonly viewerId?: string;
}

/** Makes the tokens that the edge accepts. */
export interface ViewerTokens {
  /** @throws UnavailableError */
  issue(grant: ViewerGrant): Promise<string>;
}

/** The keys that sign and verify viewers' tokens, by key id. */
export interface ViewerSigningKeys {
  /** @throws UnavailableError */
  all(): Promise<Readonly<Record<string, string>>>;
}
