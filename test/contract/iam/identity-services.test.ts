import { AttachRolePolicyCommand, CreateRoleCommand, DeleteConflictException, DeleteRoleCommand, DeleteRolePolicyCommand, DetachRolePolicyCommand, EntityAlreadyExistsException, GetRoleCommand, GetRolePolicyCommand, IAMClient, ListAttachedRolePoliciesCommand, ListRolePoliciesCommand, ListRolesCommand, MalformedPolicyDocumentException, NoSuchEntityException, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { GetParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { ClientSettings, RoleSessions } from '../../../local/runtime/ports.ts';
import { memoryStateStore } from '../../../local/runtime/state/collection.ts';
import { createIdentityServices } from '../../../local/services/iam/iam-service.ts';
import { createSsmService } from '../../../local/services/ssm/ssm-service.ts';
import { awsCli, describeWithAwsCli } from '../../support/gateway/aws-cli.ts';
import { type LocalGateway, startGateway } from '../../support/gateway/local-gateway.ts';
import { manualClock, type ManualClock } from '../../support/manual-clock.ts';

const trust = (principal: unknown): string => JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole' }] });
const policy = (...statements: object[]): string => JSON.stringify({ Version: '2012-10-17', Statement: statements });
const lambdaTrust = trust({ Service: 'lambda.amazonaws.com' });

let gateway: LocalGateway;
let roles: RoleSessions;
let clock: ManualClock;

beforeEach(async () => {
  const state = memoryStateStore();
  clock = manualClock(Date.now());
  const identity = createIdentityServices({ state, clock, accountId: '123456789012', region: 'us-east-1', endpoint: () => gateway.settings.endpoint });
  roles = identity.roles;
  gateway = await startGateway({ services: [...identity.services, createSsmService({ state, clock })], access: identity.access, clock });
});

afterEach(() => gateway.close());

const iam = () => new IAMClient(gateway.settings);
const ssm = (settings: ClientSettings) => new SSMClient({ ...settings, maxAttempts: 1 });
const createRole = (RoleName: string, AssumeRolePolicyDocument = lambdaTrust) => iam().send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }));

describe('roles', () => {
  it('keeps a role with its trust policy, URL-encoded in answers', async () => {
    const created = await createRole('reader');

    const { Role } = await iam().send(new GetRoleCommand({ RoleName: 'reader' }));

    expect(Role).toEqual(created.Role);
    expect(Role?.Arn).toBe('arn:aws:iam::123456789012:role/reader');
    expect(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '')).toBe(lambdaTrust);
  });

  it('rejects a second role of a name, and an unknown one', async () => {
    await createRole('reader');

    await expect(createRole('reader')).rejects.toBeInstanceOf(EntityAlreadyExistsException);
    await expect(iam().send(new GetRoleCommand({ RoleName: 'nobody' }))).rejects.toBeInstanceOf(NoSuchEntityException);
  });

  it('lists roles by name in pages', async () => {
    for (const name of ['c', 'a', 'b']) await createRole(name);

    const first = await iam().send(new ListRolesCommand({ MaxItems: 2 }));
    const second = await iam().send(new ListRolesCommand({ MaxItems: 2, Marker: first.Marker }));

    expect(first.Roles?.map(({ RoleName }) => RoleName)).toEqual(['a', 'b']);
    expect(first.IsTruncated).toBe(true);
    expect(second.Roles?.map(({ RoleName }) => RoleName)).toEqual(['c']);
    expect(second.IsTruncated).toBe(false);
  });

  it('deletes a role only without its policies', async () => {
    await createRole('reader');
    await iam().send(new PutRolePolicyCommand({ RoleName: 'reader', PolicyName: 'p', PolicyDocument: policy({ Effect: 'Allow', Action: 'ssm:*', Resource: '*' }) }));

    await expect(iam().send(new DeleteRoleCommand({ RoleName: 'reader' }))).rejects.toBeInstanceOf(DeleteConflictException);
    await iam().send(new DeleteRolePolicyCommand({ RoleName: 'reader', PolicyName: 'p' }));
    await iam().send(new DeleteRoleCommand({ RoleName: 'reader' }));

    await expect(iam().send(new GetRoleCommand({ RoleName: 'reader' }))).rejects.toBeInstanceOf(NoSuchEntityException);
  });

  it.each([
    ['no JSON', 'nothing'],
    ['no resources', policy({ Effect: 'Allow', Action: 'ssm:*' })],
    ['principals', policy({ Effect: 'Allow', Action: 'ssm:*', Resource: '*', Principal: '*' })],
    ['an unknown effect', policy({ Effect: 'Perhaps', Action: 'ssm:*', Resource: '*' })],
  ])('rejects an inline policy with %s', async (_what, PolicyDocument) => {
    await createRole('reader');

    await expect(iam().send(new PutRolePolicyCommand({ RoleName: 'reader', PolicyName: 'p', PolicyDocument }))).rejects.toBeInstanceOf(MalformedPolicyDocumentException);
  });

  it('keeps inline and attached policies', async () => {
    const PolicyArn = 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole';
    const PolicyDocument = policy({ Effect: 'Allow', Action: 'ssm:*', Resource: '*' });
    await createRole('reader');
    await iam().send(new PutRolePolicyCommand({ RoleName: 'reader', PolicyName: 'p', PolicyDocument }));
    await iam().send(new AttachRolePolicyCommand({ RoleName: 'reader', PolicyArn }));

    const [inline, names, attached] = await Promise.all([
      iam().send(new GetRolePolicyCommand({ RoleName: 'reader', PolicyName: 'p' })),
      iam().send(new ListRolePoliciesCommand({ RoleName: 'reader' })),
      iam().send(new ListAttachedRolePoliciesCommand({ RoleName: 'reader' })),
    ]);
    await iam().send(new DetachRolePolicyCommand({ RoleName: 'reader', PolicyArn }));

    expect(decodeURIComponent(inline.PolicyDocument ?? '')).toBe(PolicyDocument);
    expect(names.PolicyNames).toEqual(['p']);
    expect(attached.AttachedPolicies).toEqual([{ PolicyArn, PolicyName: 'AWSLambdaBasicExecutionRole' }]);
    await expect(iam().send(new AttachRolePolicyCommand({ RoleName: 'reader', PolicyArn: 'arn:aws:iam::aws:policy/Nope' }))).rejects.toThrow(/AWSLambdaBasicExecutionRole/);
  });
});

describe('sessions of services', () => {
  const allow = (...statements: object[]) => iam().send(new PutRolePolicyCommand({ RoleName: 'reader', PolicyName: 'p', PolicyDocument: policy(...statements) }));
  const session = () => roles.assume('arn:aws:iam::123456789012:role/reader', 'lambda.amazonaws.com', 'fn');

  beforeEach(async () => {
    await createRole('reader');
    await new SSMClient(gateway.settings).send(new PutParameterCommand({ Name: '/stage/a', Value: 'x', Type: 'String' }));
  });

  it('may do what the policies of the role allow, and nothing else', async () => {
    await allow({ Effect: 'Allow', Action: ['ssm:Get*'], Resource: 'arn:aws:ssm:us-east-1:123456789012:parameter/stage/*' });

    await expect(ssm(session()).send(new GetParameterCommand({ Name: '/stage/a' }))).resolves.toMatchObject({ Parameter: { Value: 'x' } });
    await expect(ssm(session()).send(new PutParameterCommand({ Name: '/stage/a', Value: 'y', Type: 'String' }))).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message:
        'User: arn:aws:sts::123456789012:assumed-role/reader/fn is not authorized to perform: ssm:PutParameter on resource: arn:aws:ssm:us-east-1:123456789012:parameter/stage/a because no identity-based policy allows the ssm:PutParameter action',
    });
  });

  it('may not do what a policy denies', async () => {
    await allow({ Effect: 'Allow', Action: '*', Resource: '*' }, { Effect: 'Deny', Action: 'ssm:GetParameter', Resource: '*' });

    await expect(ssm(session()).send(new GetParameterCommand({ Name: '/stage/a' }))).rejects.toThrow(/with an explicit deny in an identity-based policy$/);
  });

  it('rejects a service that the role does not trust, and a role that is not', () => {
    expect(() => roles.assume('arn:aws:iam::123456789012:role/reader', 'medialive.amazonaws.com', 's')).toThrow(/trust policy does not allow medialive.amazonaws.com/);
    expect(() => roles.assume('arn:aws:iam::123456789012:role/nobody', 'lambda.amazonaws.com', 's')).toThrow(/there is no such role/);
  });

  it('rejects a key without its session token', async () => {
    const { credentials, ...settings } = session();
    const { accessKeyId, secretAccessKey } = credentials;

    await expect(ssm({ ...settings, credentials: { accessKeyId, secretAccessKey } }).send(new GetParameterCommand({ Name: '/stage/a' }))).rejects.toMatchObject({ name: 'UnrecognizedClientException' });
  });
});

describe('sts', () => {
  const sts = (settings: ClientSettings) => new STSClient({ ...settings, maxAttempts: 1 });

  it('says who calls', async () => {
    await expect(sts(gateway.settings).send(new GetCallerIdentityCommand({}))).resolves.toMatchObject({ Account: '123456789012', Arn: 'arn:aws:iam::123456789012:user/local-operator' });
  });

  it('gives a session that ends', async () => {
    await createRole('auditor', trust({ AWS: 'arn:aws:iam::123456789012:root' }));

    const { Credentials } = await sts(gateway.settings).send(new AssumeRoleCommand({ RoleArn: 'arn:aws:iam::123456789012:role/auditor', RoleSessionName: 'me', DurationSeconds: 900 }));
    const credentials = { accessKeyId: Credentials?.AccessKeyId ?? '', secretAccessKey: Credentials?.SecretAccessKey ?? '', sessionToken: Credentials?.SessionToken ?? '' };
    const asAuditor = sts({ ...gateway.settings, credentials });

    await expect(asAuditor.send(new GetCallerIdentityCommand({}))).resolves.toMatchObject({ Arn: 'arn:aws:sts::123456789012:assumed-role/auditor/me' });
    await clock.advance(900_000);
    await expect(asAuditor.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({ name: 'ExpiredTokenException' });
  });

  it('rejects a role whose trust policy does not name the caller', async () => {
    await createRole('reader');

    const call = sts(gateway.settings).send(new AssumeRoleCommand({ RoleArn: 'arn:aws:iam::123456789012:role/reader', RoleSessionName: 'me' }));

    await expect(call).rejects.toMatchObject({ name: 'AccessDenied', message: expect.stringContaining('is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::123456789012:role/reader') });
  });
});

describeWithAwsCli('AWS CLI', () => {
  it('lists roles with their trust policies as objects', async () => {
    await createRole('reader');

    await expect(awsCli(gateway.settings, 'iam', 'list-roles')).resolves.toMatchObject({
      Roles: [{ RoleName: 'reader', AssumeRolePolicyDocument: { Statement: [{ Principal: { Service: 'lambda.amazonaws.com' } }] } }],
    });
  });
});
