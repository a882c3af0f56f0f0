import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CreateOriginEndpointCommandInput } from '@aws-sdk/client-mediapackage';
import { encodeChunks } from '../../../../support/media/encoded-chunks.ts';
import { playNatively } from '../../../../support/media/native-player.ts';
import { startPackagerStage, type PackagerStage } from '../../../../support/media/packager-stage.ts';

const folder = mkdtempSync(join(tmpdir(), 'native-players-'));
const packagings: Readonly<Record<string, Partial<CreateOriginEndpointCommandInput>>> = {
  hls: { HlsPackage: { SegmentDurationSeconds: 4, PlaylistWindowSeconds: 60 } },
  cmaf: { CmafPackage: { SegmentDurationSeconds: 4, HlsManifests: [{ Id: 'main', PlaylistWindowSeconds: 60 }] } },
  dash: { DashPackage: { SegmentDurationSeconds: 4, ManifestWindowSeconds: 60 } },
};
const manifests = new Map<string, string>();
let stage: PackagerStage;

beforeAll(async () => {
  stage = await startPackagerStage();
  for (const [format, packaging] of Object.entries(packagings)) {
    const { Url, CmafPackage } = await stage.endpoint(format, packaging);
    manifests.set(format, Url ?? CmafPackage!.HlsManifests![0]!.Url!);
  }
  const encoder = stage.encoder(0, await encodeChunks(folder, 40));
  await encoder.begin();
  await encoder.push(0, 20);
});

afterAll(async () => {
  await stage.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('a native player', () => {
  it.each(Object.keys(packagings))('decodes every frame of %s without a complaint', async (format) => {
    // It begins three segments of four seconds before the live edge.
    await expect(playNatively(manifests.get(format)!, 8)).resolves.toEqual({ frames: 240, errors: [] });
  });
});
