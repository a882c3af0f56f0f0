import { CreateRoleCommand, DeleteRolePolicyCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { CreateSecretCommand, PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { OriginGuard } from '../../../../../local/services/mediapackage/delivery/origin-guard.ts';
import type { EndpointRecord } from '../../../../../local/services/mediapackage/endpoint-record.ts';
import { memoryStateStore } from '../../../../../local/runtime/state/collection.ts';
import { createIdentityServices } from '../../../../../local/services/iam/iam-service.ts';
import { cdnGuard } from '../../../../../local/services/mediapackage/authorisation/cdn-guard.ts';
import { cdnIdentifiers } from '../../../../../local/services/mediapackage/authorisation/cdn-identifiers.ts';
import { createSecretsManagerService } from '../../../../../local/services/secretsmanager/secretsmanager-service.ts';
import { startGateway, type LocalGateway } from '../../../../support/gateway/local-gateway.ts';
import { manualClock, type ManualClock } from '../../../../support/manual-clock.ts';

const refreshMilliseconds = 600_000;
const owner = { accountId: '123456789012', region: 'us-east-1' };
const RoleName = 'packager';

let gateway: LocalGateway;
let clock: ManualClock;
let guard: OriginGuard;
let faults: string[];
let secretArn: string;

const iam = () => new IAMClient(gateway.settings);
const secrets = () => new SecretsManagerClient(gateway.settings);
const secretOf = (value: string): string => JSON.stringify({ MediaPackageCDNIdentifier: value });
const putValue = (value: string) => secrets().send(new PutSecretValueCommand({ SecretId: secretArn, SecretString: secretOf(value) }));

const createRole = async (principal: string): Promise<void> => {
  const trust = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: principal }, Action: 'sts:AssumeRole' }] };
  await iam().send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: JSON.stringify(trust) }));
  const policy = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: ['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret'], Resource: secretArn }] };
  await iam().send(new PutRolePolicyCommand({ RoleName, PolicyName: 'read', PolicyDocument: JSON.stringify(policy) }));
};

const anEndpoint = (isLocked = true): EndpointRecord => ({
  id: 'main-hls', guid: '0'.repeat(32), channelId: 'main', manifestName: 'index', hls: {}, origination: 'ALLOW', tags: {}, createdAt: '', modifiedAt: 0,
  whitelist: [], startoverWindowSeconds: 0, timeDelaySeconds: 0,
  ...(isLocked && { authorization: { CdnIdentifierSecret: secretArn, SecretsRoleArn: `arn:aws:iam::${owner.accountId}:role/${RoleName}` } }),
});

const admits = (sent?: string, endpoint = anEndpoint()): Promise<boolean> =>
  guard.admits(endpoint, { address: '127.0.0.1', headers: sent === undefined ? {} : { 'x-mediapackage-cdnidentifier': sent } });

beforeEach(async () => {
  const state = memoryStateStore();
  clock = manualClock(Date.now());
  faults = [];
  const identity = createIdentityServices({ state, clock, ...owner, endpoint: () => gateway.settings.endpoint });
  gateway = await startGateway({ services: [...identity.services, createSecretsManagerService({ state, clock })], access: identity.access, clock });
  const { ARN = '' } = await secrets().send(new CreateSecretCommand({ Name: 'origin', SecretString: secretOf('first-identifier') }));
  secretArn = ARN;
  guard = cdnGuard(cdnIdentifiers({ roles: identity.roles, clock, refreshMilliseconds }), (message) => void faults.push(message));
});

afterEach(() => gateway.close());

describe('an origin that is locked with its CDN\'s identifier', () => {
  it('lets the CDN through and nobody else', async () => {
    await createRole('mediapackage.amazonaws.com');

    expect([await admits('first-identifier'), await admits('another-identifier'), await admits(''), await admits()]).toEqual([true, false, false, false]);
    expect(faults).toEqual([]);
  });

  it('takes the identifier before as well, and no older one', async () => {
    await createRole('mediapackage.amazonaws.com');
    await putValue('second-identifier');

    expect([await admits('first-identifier'), await admits('second-identifier')]).toEqual([true, true]);
    await putValue('third-identifier');
    await clock.advance(refreshMilliseconds);

    expect([await admits('first-identifier'), await admits('second-identifier'), await admits('third-identifier')]).toEqual([false, true, true]);
  });

  it('recognises a new identifier within ten minutes', async () => {
    await createRole('mediapackage.amazonaws.com');
    await admits('first-identifier');
    await putValue('second-identifier');

    expect(await admits('second-identifier')).toBe(false);
    await clock.advance(refreshMilliseconds);

    expect(await admits('second-identifier')).toBe(true);
  });

  it('lets nobody through without a permission, and says so', async () => {
    await createRole('mediapackage.amazonaws.com');
    await iam().send(new DeleteRolePolicyCommand({ RoleName, PolicyName: 'read' }));

    expect(await admits('first-identifier')).toBe(false);
    expect(faults[0]).toContain('not authorized to perform: secretsmanager:DescribeSecret');
  });

  it('lets nobody through by a role that does not trust it', async () => {
    await createRole('lambda.amazonaws.com');

    expect(await admits('first-identifier')).toBe(false);
    expect(faults[0]).toContain('mediapackage.amazonaws.com cannot assume the role');
  });

  it.each(['not json', '{"Other":"first-identifier"}', '{"MediaPackageCDNIdentifier":"short"}'])('lets nobody through by the secret %s', async (SecretString) => {
    await createRole('mediapackage.amazonaws.com');
    await secrets().send(new PutSecretValueCommand({ SecretId: secretArn, SecretString }));

    expect(await admits('first-identifier')).toBe(false);
    expect(faults[0]).toContain('is not {"MediaPackageCDNIdentifier"');
  });

  it('refuses an identifier that nobody asked for', async () => {
    expect([await admits(undefined, anEndpoint(false)), await admits('first-identifier', anEndpoint(false))]).toEqual([true, false]);
  });
});
