/** What a token is for: watching; watching behind the curtain, which is monitoring and no audience; watching a recording. */
export type TokenPurpose = 'viewer' | 'preview' | 'recording';

/** Where alone a token is good. */
export interface TokenBinding {
  /** The viewer's address, IPv4 or IPv6, as the edge sees it. */
  readonly ip?: string;
  /** The viewer's country, two capital letters. */
  readonly country?: string;
}

/** What a token is for, and for whom. */
export interface ViewerGrant {
  readonly purpose: TokenPurpose;
  /** What it opens: a breakout. */
  readonly subject: string;
  /** Unix seconds. */
  readonly expiresAt: number;
  /** Which viewer at which device. */
  readonly session: string;
  readonly boundTo?: TokenBinding;
}

/** Makes the tokens that the edge accepts. */
export interface ViewerTokens {
  /** @throws UnavailableError */
  issue(grant: ViewerGrant): Promise<string>;
  /** What a token says, when it is one of ours for this subject and binding and has not expired. @throws UnavailableError */
  read(token: string, subject: string, boundTo?: TokenBinding): Promise<Pick<ViewerGrant, 'purpose' | 'session' | 'expiresAt'> | undefined>;
}

/** The keys that sign and verify viewers' tokens, by key id. */
export interface ViewerSigningKeys {
  /** @throws UnavailableError */
  all(): Promise<Readonly<Record<string, string>>>;
}
