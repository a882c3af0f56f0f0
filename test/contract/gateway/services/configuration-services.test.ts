import { CloudWatchLogsClient, CreateLogGroupCommand, CreateLogStreamCommand, DescribeLogGroupsCommand, FilterLogEventsCommand, GetLogEventsCommand, PutLogEventsCommand, PutRetentionPolicyCommand, ResourceNotFoundException as NoLogGroup } from '@aws-sdk/client-cloudwatch-logs';
import { CreateSecretCommand, DeleteSecretCommand, DescribeSecretCommand, GetRandomPasswordCommand, GetSecretValueCommand, InvalidRequestException, ListSecretsCommand, PutSecretValueCommand, ResourceExistsException, ResourceNotFoundException, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { CreateQueueCommand, DeleteMessageCommand, GetQueueAttributesCommand, GetQueueUrlCommand, QueueDoesNotExist, ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { DeleteParameterCommand, GetParameterCommand, GetParametersByPathCommand, GetParametersCommand, ParameterAlreadyExists, ParameterNotFound, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { memoryStateStore } from '../../../../local/runtime/state/collection.ts';
import { createLogsService, type LogsService } from '../../../../local/services/logs/logs-service.ts';
import { createSecretsManagerService } from '../../../../local/services/secretsmanager/secretsmanager-service.ts';
import { createSqsService } from '../../../../local/services/sqs/sqs-service.ts';
import { createSsmService } from '../../../../local/services/ssm/ssm-service.ts';
import { awsCli, describeWithAwsCli } from '../../../support/gateway/aws-cli.ts';
import { type LocalGateway, startGateway } from '../../../support/gateway/local-gateway.ts';
import { manualClock } from '../../../support/manual-clock.ts';

const clock = manualClock();
let gateway: LocalGateway;
let logsService: LogsService;

beforeAll(async () => {
  const state = memoryStateStore();
  logsService = createLogsService({ state, now: () => clock.now() });
  const services = [
    createSsmService({ state, clock }),
    createSecretsManagerService({ state, clock }),
    createSqsService({ state, clock, baseUrl: () => gateway.settings.endpoint }),
    logsService,
  ];
  gateway = await startGateway({ services });
});

afterAll(() => gateway.close());

describe('parameters', () => {
  const ssm = () => new SSMClient(gateway.settings);
  const put = (Name: string, Value: string, Overwrite = false) => ssm().send(new PutParameterCommand({ Name, Value, Type: 'String', Overwrite }));

  it('are read by name with version and ARN', async () => {
    await put('/one/a', '{"x": "ü"}');
    await put('/one/a', 'second', true);

    const { Parameter } = await ssm().send(new GetParameterCommand({ Name: '/one/a' }));

    expect(Parameter).toEqual({ Name: '/one/a', Value: 'second', Type: 'String', Version: 2, LastModifiedDate: new Date(clock.now()), DataType: 'text', ARN: 'arn:aws:ssm:us-east-1:123456789012:parameter/one/a' });
  });

  it('are listed by path in pages', async () => {
    for (let index = 10; index < 23; index += 1) await put(`/many/p${index}`, String(index));
    await put('/many/deep/x', 'x');

    const first = await ssm().send(new GetParametersByPathCommand({ Path: '/many/' }));
    const second = await ssm().send(new GetParametersByPathCommand({ Path: '/many', NextToken: first.NextToken }));
    const deep = await ssm().send(new GetParametersByPathCommand({ Path: '/many/deep', Recursive: true }));

    expect(first.Parameters).toHaveLength(10);
    expect(second.Parameters?.map(({ Value }) => Value)).toEqual(['20', '21', '22']);
    expect(second.NextToken).toBeUndefined();
    expect(deep.Parameters?.map(({ Name }) => Name)).toEqual(['/many/deep/x']);
  });

  it('are not overwritten unless told, nor found when unknown', async () => {
    await put('/two/a', 'x');

    await expect(put('/two/a', 'y')).rejects.toBeInstanceOf(ParameterAlreadyExists);
    await expect(ssm().send(new GetParameterCommand({ Name: '/two/b' }))).rejects.toBeInstanceOf(ParameterNotFound);
    await expect(ssm().send(new GetParametersCommand({ Names: ['/two/a', '/two/b'] }))).resolves.toMatchObject({ Parameters: [{ Value: 'x' }], InvalidParameters: ['/two/b'] });
    await ssm().send(new DeleteParameterCommand({ Name: '/two/a' }));
    await expect(ssm().send(new DeleteParameterCommand({ Name: '/two/a' }))).rejects.toBeInstanceOf(ParameterNotFound);
  });

  it('reject a value that is too long', async () => {
    await expect(put('/two/long', 'x'.repeat(4097))).rejects.toMatchObject({ name: 'ValidationException' });
  });
});

describe('secrets', () => {
  const secrets = () => new SecretsManagerClient(gateway.settings);

  it('have an ARN with a suffix and are found by name, ARN and ARN without it', async () => {
    const { ARN = '' } = await secrets().send(new CreateSecretCommand({ Name: 'stage/keys', SecretString: '{"a":1}' }));

    const ids = ['stage/keys', ARN, ARN.slice(0, -7)];
    const values = await Promise.all(ids.map((SecretId) => secrets().send(new GetSecretValueCommand({ SecretId }))));

    expect(ARN).toMatch(/^arn:aws:secretsmanager:us-east-1:123456789012:secret:stage\/keys-\w{6}$/);
    expect(values.map(({ SecretString }) => SecretString)).toEqual(['{"a":1}', '{"a":1}', '{"a":1}']);
  });

  it('keep the previous version when a new one is put', async () => {
    await secrets().send(new CreateSecretCommand({ Name: 'rotated', SecretString: 'one' }));
    await secrets().send(new PutSecretValueCommand({ SecretId: 'rotated', SecretString: 'two' }));
    await secrets().send(new PutSecretValueCommand({ SecretId: 'rotated', SecretString: 'three' }));

    const current = await secrets().send(new GetSecretValueCommand({ SecretId: 'rotated' }));
    const previous = await secrets().send(new GetSecretValueCommand({ SecretId: 'rotated', VersionStage: 'AWSPREVIOUS' }));
    const { VersionIdsToStages = {} } = await secrets().send(new DescribeSecretCommand({ SecretId: 'rotated' }));

    expect([current.SecretString, previous.SecretString]).toEqual(['three', 'two']);
    expect(Object.values(VersionIdsToStages)).toEqual([['AWSPREVIOUS'], ['AWSCURRENT']]);
  });

  it('cannot be read or made again while they wait for deletion, and are gone after it', async () => {
    await secrets().send(new CreateSecretCommand({ Name: 'going', SecretString: 'x' }));
    await secrets().send(new DeleteSecretCommand({ SecretId: 'going', RecoveryWindowInDays: 7 }));

    await expect(secrets().send(new GetSecretValueCommand({ SecretId: 'going' }))).rejects.toBeInstanceOf(InvalidRequestException);
    await expect(secrets().send(new CreateSecretCommand({ Name: 'going', SecretString: 'y' }))).rejects.toBeInstanceOf(InvalidRequestException);
    await clock.advance(7 * 86_400_000);
    await expect(secrets().send(new GetSecretValueCommand({ SecretId: 'going' }))).rejects.toBeInstanceOf(ResourceNotFoundException);
  });

  it('go at once when forced', async () => {
    await secrets().send(new CreateSecretCommand({ Name: 'forced', SecretString: 'x' }));
    await expect(secrets().send(new CreateSecretCommand({ Name: 'forced', SecretString: 'x' }))).rejects.toBeInstanceOf(ResourceExistsException);
    await secrets().send(new DeleteSecretCommand({ SecretId: 'forced', ForceDeleteWithoutRecovery: true }));

    const { SecretList } = await secrets().send(new ListSecretsCommand({}));

    expect(SecretList?.map(({ Name }) => Name)).not.toContain('forced');
  });

  it('are made up as asked', async () => {
    const { RandomPassword = '' } = await secrets().send(new GetRandomPasswordCommand({ PasswordLength: 64, ExcludePunctuation: true }));

    expect(RandomPassword).toMatch(/^[A-Za-z0-9]{64}$/);
  });
});

describe('queues', () => {
  const sqs = () => new SQSClient(gateway.settings);

  it('hand a message over until it is deleted', async () => {
    const { QueueUrl } = await sqs().send(new CreateQueueCommand({ QueueName: 'dead-letters', Attributes: { VisibilityTimeout: '30' } }));
    await sqs().send(new SendMessageCommand({ QueueUrl, MessageBody: '{"a":1}' }));

    const first = await sqs().send(new ReceiveMessageCommand({ QueueUrl }));
    const hidden = await sqs().send(new ReceiveMessageCommand({ QueueUrl }));
    await clock.advance(30_000);
    const again = await sqs().send(new ReceiveMessageCommand({ QueueUrl }));
    await sqs().send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: again.Messages?.[0]?.ReceiptHandle }));
    const { Attributes } = await sqs().send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }));

    expect(first.Messages).toMatchObject([{ Body: '{"a":1}' }]);
    expect(hidden.Messages ?? []).toEqual([]);
    expect(again.Messages).toMatchObject([{ Body: '{"a":1}', Attributes: { ApproximateReceiveCount: '2' } }]);
    expect(Attributes).toMatchObject({ ApproximateNumberOfMessages: '0', QueueArn: 'arn:aws:sqs:us-east-1:123456789012:dead-letters' });
  });

  it('reject a queue that is not', async () => {
    await expect(sqs().send(new GetQueueUrlCommand({ QueueName: 'nothing' }))).rejects.toBeInstanceOf(QueueDoesNotExist);
  });
});

describe('logs', () => {
  const logs = () => new CloudWatchLogsClient(gateway.settings);

  it('are written and read by stream', async () => {
    await logs().send(new CreateLogGroupCommand({ logGroupName: '/app' }));
    await logs().send(new CreateLogStreamCommand({ logGroupName: '/app', logStreamName: 's' }));
    const at = clock.now();
    await logs().send(new PutLogEventsCommand({ logGroupName: '/app', logStreamName: 's', logEvents: [{ timestamp: at, message: 'one' }, { timestamp: at + 1, message: 'two' }] }));

    const { events } = await logs().send(new GetLogEventsCommand({ logGroupName: '/app', logStreamName: 's' }));

    expect(events?.map(({ message, timestamp }) => [message, timestamp])).toEqual([['one', at], ['two', at + 1]]);
  });

  it('hold what services of the machine write, found by terms', async () => {
    const entry = { logGroupName: '/aws/lambda/f', logStreamName: '1', at: clock.now() };
    for (const message of ['INFO start', 'ERROR "no space" left', 'ERROR quota']) logsService.write({ ...entry, message });
    const find = async (filterPattern: string) => (await logs().send(new FilterLogEventsCommand({ logGroupName: '/aws/lambda/f', filterPattern }))).events?.map(({ message }) => message);

    await expect(find('ERROR -quota')).resolves.toEqual(['ERROR "no space" left']);
    await expect(find('?start ?quota')).resolves.toEqual(['INFO start', 'ERROR quota']);
    await expect(find('{ $.level = "ERROR" }')).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });

  it('end with the retention of their group', async () => {
    logsService.write({ logGroupName: '/kept', logStreamName: '1', message: 'x', at: clock.now() });
    await logs().send(new PutRetentionPolicyCommand({ logGroupName: '/kept', retentionInDays: 1 }));
    await clock.advance(86_400_001);

    await expect(logs().send(new FilterLogEventsCommand({ logGroupName: '/kept' }))).resolves.toMatchObject({ events: [] });
    await expect(logs().send(new DescribeLogGroupsCommand({ logGroupNamePrefix: '/kept' }))).resolves.toMatchObject({ logGroups: [{ retentionInDays: 1 }] });
    await expect(logs().send(new PutRetentionPolicyCommand({ logGroupName: '/kept', retentionInDays: 2 }))).rejects.toMatchObject({ name: 'InvalidParameterException' });
    await expect(logs().send(new FilterLogEventsCommand({ logGroupName: '/none' }))).rejects.toBeInstanceOf(NoLogGroup);
  });

  it('take nothing more from services of the machine once they are closed', () => {
    const state = memoryStateStore();
    const service = createLogsService({ state, now: () => clock.now() });
    service.write({ logGroupName: '/closing', logStreamName: '1', message: 'in time', at: clock.now() });

    service.close();
    service.write({ logGroupName: '/closing', logStreamName: '1', message: 'too late', at: clock.now() });

    expect([...state.collection<{ readonly message: string }>('logs/events').values()].map(({ message }) => message)).toEqual(['in time']);
  });
});

describeWithAwsCli('AWS CLI', () => {
  it('pages through parameters by path', async () => {
    await expect(awsCli(gateway.settings, 'ssm', 'get-parameters-by-path', '--path', '/many', '--query', '{n: length(Parameters)}')).resolves.toEqual({ n: 13 });
  });

  it('makes and reads a secret', async () => {
    await awsCli(gateway.settings, 'secretsmanager', 'create-secret', '--name', 'cli', '--secret-string', 'x y');

    await expect(awsCli(gateway.settings, 'secretsmanager', 'get-secret-value', '--secret-id', 'cli')).resolves.toMatchObject({ SecretString: 'x y', VersionStages: ['AWSCURRENT'] });
  });
});
