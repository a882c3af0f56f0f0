/** Signing names by the prefix of X-Amz-Target, for calls that are not signed. */
export const targetPrefixes: ReadonlyMap<string, string> = new Map([
  ['AWSCognitoIdentityProviderService', 'cognito-idp'],
  ['AWSEvents', 'events'],
  ['AWSPriceListService', 'pricing'],
  ['AWSStepFunctions', 'states'],
  ['AmazonSQS', 'sqs'],
  ['AmazonSSM', 'ssm'],
  ['DynamoDB_20120810', 'dynamodb'],
  ['GraniteServiceVersion20100801', 'monitoring'],
  ['Logs_20140328', 'logs'],
  ['secretsmanager', 'secretsmanager'],
]);
