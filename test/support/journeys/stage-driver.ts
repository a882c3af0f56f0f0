/** How SDK clients reach a stage's AWS account; absent settings are the SDK's own. */
export interface StageAccess {
  readonly region: string;
  readonly endpoint?: string;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** A stage that journeys run against. Journeys know nothing else of it: what they do, they do over its API and the URLs that the API gives. */
export interface StageDriver {
  /** The stage's name, by which operators' programs find it. */
  readonly name: string;
  /** Of the REST API, without a trailing slash. */
  readonly apiUrl: string;
  /** Pipelines that nothing but the journey books; the first has the smaller ladder. */
  readonly pipelineIds: readonly [string, string];
  /** Settings of SDK clients that act as the operator in the stage's AWS account. */
  readonly aws: StageAccess;
  /** An access token of the platform's operator. */
  operatorToken(): Promise<string>;
  /** An access token of a person, as after signing in. */
  signIn(subject: string): Promise<string>;
  close(): Promise<void>;
}
