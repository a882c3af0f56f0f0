/** What API Gateway answers to the client. */
export interface ApiResponse {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

// Answers are of one caller and of one moment.
const always = { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' } as const;

/** A JSON answer. */
export const json = (statusCode: number, body: object, headers: Readonly<Record<string, string>> = {}): ApiResponse => ({
  statusCode,
  headers: { ...always, ...headers },
  body: JSON.stringify(body),
});

/** The ETag of a revision. */
export const etag = (revision: number): { readonly ETag: string } => ({ ETag: `"${revision}"` });
