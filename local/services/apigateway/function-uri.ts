/** The ARN of the function in an integration's or authoriser's URI; `undefined` when it names none. */
export const functionArnOfUri = (uri: string | undefined): string | undefined =>
  /^arn:aws[\w-]*:apigateway:[\w-]+:lambda:path\/\d{4}-\d\d-\d\d\/functions\/(arn:aws[\w-]*:lambda:[^/]+)\/invocations$/u.exec(uri ?? '')?.[1];
