import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { CreateBucketCommand, GetObjectCommand, HeadObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { RoleSessions } from '../../../local/runtime/ports.ts';
import { systemClock } from '../../../local/runtime/clock.ts';
import { folderStateStore } from '../../../local/runtime/state/collection.ts';
import { createIdentityServices } from '../../../local/services/iam/iam-service.ts';
import { createS3Service } from '../../../local/services/s3/s3-service.ts';
import { awsCli, describeWithAwsCli } from '../../support/gateway/aws-cli.ts';
import { type LocalGateway, startGateway } from '../../support/gateway/local-gateway.ts';

const folder = mkdtempSync(join(tmpdir(), 's3-'));
let gateway: LocalGateway;
let roles: RoleSessions;

const start = async (): Promise<void> => {
  const state = folderStateStore(join(folder, 'state'));
  const identity = createIdentityServices({ state, clock: systemClock, accountId: '123456789012', region: 'us-east-1', endpoint: () => gateway.settings.endpoint });
  const s3 = createS3Service({ state, folder: join(folder, 'objects'), clock: systemClock, events: { emit: () => undefined } });
  roles = identity.roles;
  gateway = await startGateway({ services: [...identity.services, s3], access: identity.access });
};

const client = (settings = gateway.settings) => new S3Client({ ...settings, maxAttempts: 1 });

beforeAll(async () => {
  await start();
  await client().send(new CreateBucketCommand({ Bucket: 'media' }));
  await client().send(new PutObjectCommand({ Bucket: 'media', Key: 'show/a b+ü.ts', Body: Buffer.alloc(100_000, 'x'), ContentType: 'video/mp2t', Metadata: { show: 'one' } }));
});

afterAll(async () => {
  await gateway.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('signed calls', () => {
  it('read what was written, whatever characters its key has', async () => {
    const output = await client().send(new GetObjectCommand({ Bucket: 'media', Key: 'show/a b+ü.ts' }));

    expect(output).toMatchObject({ ContentLength: 100_000, ContentType: 'video/mp2t', Metadata: { show: 'one' } });
    expect((await output.Body?.transformToString())?.length).toBe(100_000);
  });

  it('reject a key that nobody has, in the form of S3', async () => {
    const stranger = client({ ...gateway.settings, credentials: { accessKeyId: 'AKIANOBODY', secretAccessKey: 's' } });

    await expect(stranger.send(new ListObjectsV2Command({ Bucket: 'media' }))).rejects.toMatchObject({ name: 'InvalidClientTokenId', $metadata: { httpStatusCode: 403 } });
  });

  it('reject a wrong secret', async () => {
    const forger = client({ ...gateway.settings, credentials: { accessKeyId: 'local-operator', secretAccessKey: 'wrong' } });

    await expect(forger.send(new ListObjectsV2Command({ Bucket: 'media' }))).rejects.toMatchObject({ name: 'SignatureDoesNotMatch' });
  });

  it('may do what the role allows, and nothing else', async () => {
    const iam = new IAMClient(gateway.settings);
    const statement = (document: object) => JSON.stringify({ Version: '2012-10-17', Statement: [document] });
    await iam.send(new CreateRoleCommand({ RoleName: 'r', AssumeRolePolicyDocument: statement({ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }) }));
    await iam.send(new PutRolePolicyCommand({ RoleName: 'r', PolicyName: 'p', PolicyDocument: statement({ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::media/show/*' }) }));
    const session = client(roles.assume('arn:aws:iam::123456789012:role/r', 'lambda.amazonaws.com', 'fn'));

    await expect(session.send(new HeadObjectCommand({ Bucket: 'media', Key: 'show/a b+ü.ts' }))).resolves.toMatchObject({ ContentLength: 100_000 });
    await expect(session.send(new PutObjectCommand({ Bucket: 'media', Key: 'show/b', Body: 'x' }))).rejects.toMatchObject({
      name: 'AccessDenied',
      message: 'User: arn:aws:sts::123456789012:assumed-role/r/fn is not authorized to perform: s3:PutObject on resource: arn:aws:s3:::media/show/b because no identity-based policy allows the s3:PutObject action',
    });
  });
});

describe('objects on disk', () => {
  it('leave no file of what they replaced', async () => {
    const files = () => readdirSync(join(folder, 'objects'), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).length;
    await client().send(new PutObjectCommand({ Bucket: 'media', Key: 'again', Body: 'one' }));
    const before = files();

    await client().send(new PutObjectCommand({ Bucket: 'media', Key: 'again', Body: 'two' }));

    expect(files()).toBe(before);
  });

  it('survive a restart', async () => {
    await gateway.close();
    await start();

    const output = await client().send(new GetObjectCommand({ Bucket: 'media', Key: 'show/a b+ü.ts' }));

    expect((await output.Body?.transformToString())?.length).toBe(100_000);
  });
});

describeWithAwsCli('AWS CLI', () => {
  it('copies a file up in parts and down again, and lists it', async () => {
    const [up, down] = [join(folder, 'up.bin'), join(folder, 'down.bin')];
    writeFileSync(up, Buffer.from(Array.from({ length: 9_000_000 }, (_, index) => index % 253)));

    await awsCli(gateway.settings, 's3', 'cp', up, 's3://media/cli/up.bin', '--no-progress');
    await awsCli(gateway.settings, 's3', 'cp', 's3://media/cli/up.bin', down, '--no-progress');

    expect(readFileSync(down).equals(readFileSync(up))).toBe(true);
    await expect(awsCli(gateway.settings, 's3', 'ls', 's3://media/cli/')).resolves.toMatch(/9000000 up\.bin/);
  });

  it('makes a URL that anybody may read until it ends', async () => {
    const url = String(await awsCli(gateway.settings, 's3', 'presign', 's3://media/show/a b+ü.ts')).trim();

    const [whole, tampered] = await Promise.all([fetch(url), fetch(url.replace('X-Amz-Expires=3600', 'X-Amz-Expires=7200'))]);

    expect((await whole.arrayBuffer()).byteLength).toBe(100_000);
    expect(tampered.status).toBe(403);
    await expect(tampered.text()).resolves.toContain('<Code>SignatureDoesNotMatch</Code>');
  });
});
