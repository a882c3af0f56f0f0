const prefix = 'arn:aws:iam::aws:policy/';

const allowLogs = (...actions: readonly string[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: actions.map((action) => `logs:${action}`), Resource: '*' }] });

/**
 * The AWS managed policies that local mode knows, with their documents, by ARN.
 * https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html
 */
export const managedPolicies: ReadonlyMap<string, string> = new Map([
  [`${prefix}service-role/AWSLambdaBasicExecutionRole`, allowLogs('CreateLogGroup', 'CreateLogStream', 'PutLogEvents')],
  [
    `${prefix}service-role/AmazonAPIGatewayPushToCloudWatchLogs`,
    allowLogs('CreateLogGroup', 'CreateLogStream', 'DescribeLogGroups', 'DescribeLogStreams', 'PutLogEvents', 'GetLogEvents', 'FilterLogEvents'),
  ],
]);

/** The last part of a managed policy's ARN. */
export const managedPolicyName = (arn: string): string => arn.split('/').at(-1) ?? arn;
