/** What cookies are to open. */
export interface CookieGrant {
  /** Where viewers reach the distribution, without a trailing slash. */
  readonly baseUrl: string;
  readonly breakoutId: string;
  /** Unix seconds. */
  readonly expiresAt: number;
  /** The viewer's token, which the edge verifies beside CloudFront's own signature. */
  readonly token: string;
  /** The only address that they open to. */
  readonly ip?: string;
}

/** Makes the cookies that open a breakout where player and edge share a domain. */
export interface ViewerCookies {
  /** Values of Set-Cookie headers; undefined = the stage has no such domain. @throws UnavailableError */
  issue(grant: CookieGrant): Promise<readonly string[] | undefined>;
  /** Values of Set-Cookie headers that take the cookies of a breakout away; none where there is no such domain. */
  clear(breakoutId: string, baseUrl: string): readonly string[];
}
