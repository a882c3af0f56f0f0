import { ResourceNotFoundException, type CreateFunctionRequest, type FunctionConfiguration } from '@aws-sdk/client-lambda';
import { createHash } from 'node:crypto';

/** A function as it is kept. */
export interface FunctionRecord {
  readonly name: string;
  readonly arn: string;
  readonly roleArn: string;
  readonly runtime: NonNullable<CreateFunctionRequest['Runtime']>;
  readonly handler: string;
  readonly codeBucket: string;
  readonly codeKey: string;
  readonly timeoutSeconds: number;
  readonly memoryMegabytes: number;
  readonly environment: Readonly<Record<string, string>>;
  /** Milliseconds since the epoch at which it leaves the state Pending. */
  readonly activeAt: number;
  readonly modifiedAt: number;
  readonly revisionId: string;
  readonly description?: string;
  readonly deadLetterArn?: string;
  readonly logFormat?: 'JSON' | 'Text';
  readonly logGroup?: string;
  readonly tags?: Readonly<Record<string, string>>;
}

/** The ARN of a function. */
export const functionArn = ({ region, accountId }: { readonly region: string; readonly accountId: string }, name: string): string =>
  `arn:aws:lambda:${region}:${accountId}:function:${name}`;

/** The name in what a caller may give for a function: name, partial ARN or ARN, with or without a qualifier. */
export const functionNameOf = (reference: string): string => {
  const parts = reference.split(':');
  const at = parts.indexOf('function');
  return (at >= 0 ? parts[at + 1] : parts[0]) ?? reference;
};

/** The log group that a function writes to. */
export const logGroupOf = ({ name, logGroup }: Pick<FunctionRecord, 'name' | 'logGroup'>): string => logGroup ?? `/aws/lambda/${name}`;

/** The answer to a name that no function has. */
export const noSuchFunction = (arn: string): ResourceNotFoundException =>
  new ResourceNotFoundException({ Type: 'User', message: `Function not found: ${arn}`, Message: `Function not found: ${arn}`, $metadata: {} });

/** A function as the API describes it at the given time. */
export const describeFunction = (record: FunctionRecord, now: number): FunctionConfiguration => ({
  FunctionName: record.name,
  FunctionArn: record.arn,
  Runtime: record.runtime,
  Role: record.roleArn,
  Handler: record.handler,
  CodeSize: 0,
  CodeSha256: createHash('sha256').update(`${record.codeBucket}/${record.codeKey}`).digest('base64'),
  Description: record.description ?? '',
  Timeout: record.timeoutSeconds,
  MemorySize: record.memoryMegabytes,
  LastModified: new Date(record.modifiedAt).toISOString().replace('Z', '+0000'),
  Version: '$LATEST',
  Environment: { Variables: { ...record.environment } },
  DeadLetterConfig: record.deadLetterArn === undefined ? undefined : { TargetArn: record.deadLetterArn },
  TracingConfig: { Mode: 'PassThrough' },
  RevisionId: record.revisionId,
  State: now < record.activeAt ? 'Pending' : 'Active',
  ...(now < record.activeAt && { StateReason: 'The function is being created.', StateReasonCode: 'Creating' }),
  LastUpdateStatus: 'Successful',
  PackageType: 'Zip',
  Architectures: ['x86_64'],
  EphemeralStorage: { Size: 512 },
  SnapStart: { ApplyOn: 'None', OptimizationStatus: 'Off' },
  LoggingConfig: { LogFormat: record.logFormat ?? 'Text', LogGroup: logGroupOf(record) },
});
