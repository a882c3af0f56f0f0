/** A statement of a function's resource policy. */
export interface PolicyStatement {
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Principal: '*' | { readonly Service: string } | { readonly AWS: string };
  readonly Action: string;
  readonly Resource: string;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** A service that calls a function. */
export interface ServiceCaller {
  /** `events.amazonaws.com` */
  readonly servicePrincipal: string;
  readonly sourceArn?: string;
}

const arnLike = (pattern: string, arn: string): boolean =>
  new RegExp(`^${pattern.replace(/[.+^${}()|[\]\\]/gu, '\\$&').replaceAll('*', '[^]*').replaceAll('?', '[^]')}$`, 'u').test(arn);

const names = (statement: PolicyStatement, { servicePrincipal }: ServiceCaller): boolean =>
  statement.Principal === '*' || ('Service' in statement.Principal && statement.Principal.Service === servicePrincipal);

const sourceMatches = (statement: PolicyStatement, { sourceArn }: ServiceCaller): boolean => {
  const pattern = statement.Condition?.['ArnLike']?.['AWS:SourceArn'];
  return pattern === undefined || (sourceArn !== undefined && arnLike(pattern, sourceArn));
};

/** Whether a function's policy lets a service call it: principal, action and AWS:SourceArn. */
export const policyAllows = (statements: readonly PolicyStatement[], caller: ServiceCaller): boolean =>
  statements.some((statement) => ['lambda:InvokeFunction', 'lambda:*'].includes(statement.Action) && names(statement, caller) && sourceMatches(statement, caller));
