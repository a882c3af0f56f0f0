import { readFileSync } from 'node:fs';
import { problemSchema } from '../../lambda/contract/api/problem.ts';
import { environmentGroups } from '../../lambda/contract/environment.ts';
import { functions, type FunctionName } from '../../lambda/contract/functions.ts';
import { metricNames, metricNamespace } from '../../lambda/contract/metric-names.ts';
import { routes } from '../../lambda/contract/routes.ts';
import { onlyResourceOf, rendered, resourcesOf, synthesisedTemplates } from '../support/synthesised-stage.ts';

const control = synthesisedTemplates()['Control']!;

const kebabCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

const functionOf = (name: string) => resourcesOf(control, 'AWS::Lambda::Function').find(({ Properties }) => Properties['FunctionName'] === `test-${kebabCase(name)}`)!;

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: unknown;
}

const statements: readonly Statement[] = resourcesOf(control, 'AWS::IAM::Policy').flatMap(({ Properties }) => Properties['PolicyDocument'].Statement);
const actionsOf = ({ Action }: Statement): readonly string[] => [Action].flat();
const allowing = (action: string): readonly Statement[] => statements.filter((statement) => actionsOf(statement).includes(action));

describe('the control plane\'s functions', () => {
  it.each(Object.entries(functions))('gives %s the variables of its groups', (name, { environment }) => {
    const { Variables } = functionOf(name).Properties['Environment'];
    const groups: readonly (keyof typeof environmentGroups)[] = environment;
    const expected = groups.flatMap((group) => Object.keys(environmentGroups[group].shape));

    expect(Object.keys(Variables).toSorted()).toEqual(expected.toSorted());
  });

  it('gives each function a role of its own', () => {
    const roles = resourcesOf(control, 'AWS::Lambda::Function').map(({ Properties }) => JSON.stringify(Properties['Role']));

    expect(new Set(roles).size).toBe(Object.keys(functions).length);
  });

  it('keeps what asynchronous functions cannot handle', () => {
    const withQueue = (Object.keys(functions) as FunctionName[]).filter((name) => functionOf(name).Properties['DeadLetterConfig'] !== undefined);

    expect(withQueue).toEqual(['mediaEvents', 'accessLogs', 'hardStop', 'reconciler', 'accrual', 'inventory', 'usageMetrics', 'priceBook']);
  });

  it('keeps logs for a month', () => {
    for (const { Properties } of resourcesOf(control, 'AWS::Lambda::Function')) expect(Properties['LoggingConfig'].LogGroup).toBeDefined();
    for (const { Properties } of resourcesOf(control, 'AWS::Logs::LogGroup')) expect(Properties['RetentionInDays']).toBeGreaterThanOrEqual(30);
  });
});

describe('the control plane\'s permissions', () => {
  it('name every action', () => {
    for (const statement of statements) for (const action of actionsOf(statement)) expect(action).toMatch(/^[a-z0-9-]+:[A-Za-z]+$/);
  });

  it('pass each role to the one service that assumes it', () => {
    const passed = allowing('iam:PassRole').map(({ Resource, Condition }) => ({ isExact: !JSON.stringify(Resource).includes('*'), Condition }));

    expect(passed).toHaveLength(2);
    expect(passed).toEqual(
      expect.arrayContaining(['mediaconvert.amazonaws.com', 'scheduler.amazonaws.com'].map((service) => ({ isExact: true, Condition: { StringEquals: { 'iam:PassedToService': service } } }))),
    );
  });

  it('reach channels, packagers and distributions by the stage\'s tag only', () => {
    const isMedia = (action: string): boolean => /^(medialive|mediapackage|cloudfront):/.test(action);

    for (const statement of statements.filter((candidate) => actionsOf(candidate).some(isMedia))) {
      expect(statement.Condition).toEqual({ StringEquals: { 'aws:ResourceTag/visionstream:stage': 'test' } });
    }
  });

  it('reach everything only where a service has no resources', () => {
    const unbounded = statements.filter(({ Resource }) => Resource === '*').flatMap(actionsOf).filter((action) => !action.startsWith('logs:'));

    expect(unbounded.toSorted()).toEqual(['cloudwatch:GetMetricData', 'cloudwatch:GetMetricData', 'cloudwatch:GetMetricData', 'cloudwatch:GetMetricData', 'cloudwatch:GetMetricData', 'cloudwatch:ListMetrics', 'cloudwatch:ListMetrics', 'cloudwatch:ListMetrics', 'cloudwatch:PutMetricData', 'pricing:GetProducts']);
  });

  it('let nobody scan the table', () => {
    expect(allowing('dynamodb:Scan')).toEqual([]);
  });
});

describe('the REST API', () => {
  const methods = resourcesOf(control, 'AWS::ApiGateway::Method');

  it('has the routes of its contract and no other', () => {
    expect(methods.map(({ Properties }) => Properties['OperationName']).toSorted()).toEqual([...routes.map(({ operation }) => operation), 'openShare'].toSorted());
  });

  it('sends each route to the function that serves it', () => {
    for (const { operation, servedBy } of routes) {
      const { Integration } = methods.find(({ Properties }) => Properties['OperationName'] === operation)!.Properties;
      expect(rendered(Integration.Uri, (reference) => JSON.stringify(reference))).toContain(`Functions${servedBy.charAt(0).toUpperCase()}${servedBy.slice(1)}Function`);
    }
  });

  it('asks the authoriser of every call but that of a share link, and believes it for five minutes', () => {
    const open = methods.filter(({ Properties }) => Properties['AuthorizationType'] !== 'CUSTOM');

    expect(open.map(({ Properties }) => [Properties['OperationName'], Properties['AuthorizationType'], Properties['HttpMethod']])).toEqual([['openShare', 'NONE', 'GET']]);
    expect(onlyResourceOf(control, 'AWS::ApiGateway::Authorizer').Properties).toMatchObject({ Type: 'TOKEN', IdentitySource: 'method.request.header.Authorization', AuthorizerResultTtlInSeconds: 300 });
  });

  it('answers its own refusals as problems', () => {
    const responses = resourcesOf(control, 'AWS::ApiGateway::GatewayResponse');

    expect(responses.map(({ Properties }) => Properties['StatusCode'])).toEqual(expect.arrayContaining(['401', '403', '404', '413', '429', '500', '504']));
    for (const { Properties } of responses) {
      expect(Properties['ResponseParameters']).toEqual({ 'gatewayresponse.header.Content-Type': "'application/problem+json'" });
      expect(problemSchema.parse(JSON.parse(Properties['ResponseTemplates']['application/json']))).toMatchObject({ status: Number(Properties['StatusCode']), requestId: '$context.requestId' });
    }
  });

  it('is throttled and logs who asked what', () => {
    expect(onlyResourceOf(control, 'AWS::ApiGateway::Stage').Properties).toMatchObject({
      StageName: 'v1',
      AccessLogSetting: {},
      MethodSettings: [{ DataTraceEnabled: false, ThrottlingRateLimit: 100, ThrottlingBurstLimit: 200 }],
    });
  });
});

describe('what wakes the control plane', () => {
  const rules = resourcesOf(control, 'AWS::Events::Rule');
  const patternOf = (source: string) => rules.find(({ Properties }) => Properties['EventPattern']?.source[0] === source)!.Properties['EventPattern'];

  it('listens to ends of conversions only', () => {
    expect(patternOf('aws.mediaconvert').detail.status).toEqual(['COMPLETE', 'ERROR', 'CANCELED']);
  });

  it('fetches prices after its own deployment and daily, books what accrues hourly and compares it daily', () => {
    expect(patternOf('aws.cloudformation').detail).toEqual({ 'stack-id': [{ Ref: 'AWS::StackId' }], 'status-details': { status: ['CREATE_COMPLETE', 'UPDATE_COMPLETE'] } });
    expect(rules.map(({ Properties }) => Properties['ScheduleExpression']).filter(Boolean)).toEqual(['rate(1 day)', 'rate(1 hour)', 'rate(1 day)', 'cron(10 * * * ? *)', 'rate(1 minute)']);
  });

  it('hears what channels and packagers tell', () => {
    const heard = rules.flatMap(({ Properties }) => Properties['EventPattern']?.['detail-type'] ?? []);

    expect(heard).toEqual(
      expect.arrayContaining(['Channel State Change', 'Channel Alert', 'Channel Input Change'].map((kind) => `MediaLive ${kind}`).concat(['Input', 'Key Provider'].map((kind) => `MediaPackage ${kind} Notification`))),
    );
  });

  it('keeps what cannot be delivered', () => {
    for (const { Properties } of rules) for (const target of Properties['Targets']) expect(target).toMatchObject({ DeadLetterConfig: {}, RetryPolicy: {} });
  });
});

describe('announcements', () => {
  it('are encrypted, at rest and on their way', () => {
    const topics = resourcesOf(control, 'AWS::SNS::Topic').map(({ Properties }) => Properties);

    expect(topics.find(({ TopicName }) => TopicName === 'test-announcements')).toMatchObject({ KmsMasterKeyId: {} });
    for (const { Properties } of resourcesOf(control, 'AWS::SNS::TopicPolicy')) {
      expect(Properties['PolicyDocument'].Statement).toContainEqual(expect.objectContaining({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }));
    }
  });

  it('are published by whom their contract names', () => {
    const contract = Object.values(functions).filter(({ environment }) => environment.some((group) => group === 'announcements'));

    expect(allowing('sns:Publish')).toHaveLength(contract.length);
    for (const { Resource } of allowing('sns:Publish')) expect(Resource).toEqual({ Ref: expect.stringContaining('AnnouncementsTopic') });
  });
});

describe('alarms', () => {
  const runbook = readFileSync('docs/runbook.md', 'utf8');
  const alarms = resourcesOf(control, 'AWS::CloudWatch::Alarm').map(({ Properties }) => Properties);

  it('each say what a user loses and where the runbook says what to do, and tell the topic', () => {
    expect(alarms.length).toBeGreaterThan(0);
    for (const { AlarmName, AlarmDescription, AlarmActions } of alarms) {
      const section = /See docs\/runbook\.md, ([a-z-]+)\.$/.exec(AlarmDescription)?.[1];
      expect(AlarmName).toBe(`test-${section}`);
      expect(runbook).toContain(`## ${section}\n**What a user loses.**`);
      expect(AlarmActions).toEqual([{ Ref: expect.stringContaining('AlarmsTopic') }]);
    }
  });

  it('watch every metric that functions write, and no other', () => {
    const own = alarms.filter(({ Namespace }) => Namespace === metricNamespace('test'));
    expect(own.map(({ MetricName }) => MetricName).toSorted()).toEqual(Object.values(metricNames).toSorted());
  });

  it('watch the queue of events that nobody could handle', () => {
    expect(alarms.filter(({ Namespace }) => Namespace !== metricNamespace('test'))).toMatchObject([{ Namespace: 'AWS/SQS', MetricName: 'ApproximateNumberOfMessagesVisible', Statistic: 'Maximum', Threshold: 1 }]);
  });
});
