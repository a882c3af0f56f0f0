import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as ivs from '@aws-sdk/client-ivs';
import * as medialive from '@aws-sdk/client-medialive';
import { defineService } from '../../../local/gateway/define-service.ts';
import { createServiceQuotasService } from '../../../local/services/servicequotas/servicequotas-service.ts';
import { startGateway, type LocalGateway } from '../../support/gateway/local-gateway.ts';
import { playbackKeys } from '../../support/ivs/playback-tokens.ts';
import { aCamConfiguration, aPipelineConfiguration, aStageConfiguration } from '../../support/synthesised-stage.ts';

// A program of its own on a machine that may be busy.
jest.setTimeout(60_000);

const tags = { 'visionstream:stage': 'test', 'visionstream:pipeline': 'pl_main' };

/** A Region with the pipeline `pl_main`, an input of somebody else's, and one in a VPC. */
const region = defineService('medialive', medialive, {
  ListChannels: { permissions: () => [], handle: () => ({ Channels: [{ Id: '1', Tags: tags, InputSpecification: { Resolution: 'HD' as const } }] }) },
  ListInputs: {
    permissions: () => [],
    handle: () => ({
      Inputs: [
        { Id: '1', Type: 'RTMP_PUSH' as const, Tags: tags },
        { Id: '2', Type: 'RTMP_PUSH' as const, Tags: tags },
        { Id: '3', Type: 'UDP_PUSH' as const },
        { Id: '4', Type: 'RTP_PUSH' as const, Destinations: [{ Vpc: { AvailabilityZone: 'us-east-1a' } }] },
        { Id: '5', Type: 'URL_PULL' as const },
      ],
    }),
  },
  ListInputSecurityGroups: { permissions: () => [], handle: () => ({ InputSecurityGroups: [{ Id: '1', Tags: tags }] }) },
});

/** The same Region with the keys of two other stages, and the recordings of this one. */
const cameras = defineService('ivs', ivs, {
  ListPlaybackKeyPairs: { permissions: () => [], handle: () => ({ keyPairs: ['prod-playback-k1', 'demo-playback-k1'].map((name) => ({ name })) }) },
  ListRecordingConfigurations: {
    permissions: () => [],
    handle: () => ({ recordingConfigurations: [{ arn: 'arn:aws:ivs:us-east-1:123456789012:recording-configuration/AbCdef1G2hij', name: 'test-recordings', state: 'ACTIVE' as const, destinationConfiguration: {} }] }),
  },
});

const folder = mkdtempSync(join(tmpdir(), 'visionstream-preflight-'));
let gateway: LocalGateway;

beforeAll(async () => {
  gateway = await startGateway({ services: [region, cameras, createServiceQuotasService()] });
});

afterAll(async () => {
  await gateway.close();
  rmSync(folder, { recursive: true });
});

const preflight = (pipelineIds: readonly string[], cam?: ReturnType<typeof aCamConfiguration>): Promise<{ readonly status: number | null; readonly output: string }> => {
  const path = join(folder, 'stage.json');
  writeFileSync(path, JSON.stringify(aStageConfiguration({ pipelines: pipelineIds.map((id) => aPipelineConfiguration({ id })), ...(cam && { cam }) })));
  const { endpoint, credentials } = gateway.settings;
  const env = { ...process.env, AWS_ENDPOINT_URL: endpoint, AWS_ACCESS_KEY_ID: credentials.accessKeyId, AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey };
  return new Promise((resolve) => {
    const child = spawn('node', ['scripts/preflight.ts', '-c', `config=${path}`], { env });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.on('close', (status) => resolve({ status, output }));
  });
};

describe('npm run preflight', () => {
  it('lets a deploy go on that fits', async () => {
    const { status, output } = await preflight(['pl_main', 'pl_second']);

    expect(output).toContain('Push Inputs: 3 exist, the deploy adds 2, 5 are allowed');
    expect(output).toContain('VPC Inputs: 1 exist, the deploy adds 0');
    expect(status).toBe(0);
  });

  it('stops a deploy that would fail', async () => {
    const { status, output } = await preflight(['pl_main', 'pl_second', 'pl_third']);

    expect(output).toContain('FAIL  Push Inputs: 3 exist, the deploy adds 4, 5 are allowed');
    expect(output).toContain('--quota-code L-9E233AF7 --desired-value 7');
    expect(status).toBe(1);
  });

  it('looks at what IVS has room for, too, where the stage has Cam pipelines', async () => {
    const fits = await preflight(['pl_main'], aCamConfiguration());
    const exceeds = await preflight(['pl_main'], aCamConfiguration({ playbackKeys: ['k1', 'k2'].map((id) => ({ id, publicKey: playbackKeys().publicKeyMaterial })) }));

    expect(fits.output).toContain('Amazon IVS in us-east-1, before a deploy of the stage test:\nok    Playback key pairs: 2 exist, the deploy adds 1, 3 are allowed\nok    Recording configurations: 1 exist, the deploy adds 0, 20 are allowed');
    expect(exceeds.output).toContain('FAIL  Playback key pairs: 2 exist, the deploy adds 2, 3 are allowed\n      IVS gives no more');
    expect([fits.status, exceeds.status]).toEqual([0, 1]);
  });

  it('rejects a stage that cannot be used', async () => {
    const { status, output } = await preflight(['main']);

    expect(output).toContain('pl_ followed by');
    expect(status).toBe(1);
  });
});
