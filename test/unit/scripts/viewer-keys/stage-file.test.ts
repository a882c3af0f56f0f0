import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { camStageFile, cookieStageFile } from '../../../../scripts/viewer-keys/stage-file.ts';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'visionstream-stage-file-'));
});

afterAll(() => rmSync(folder, { recursive: true }));

const aFile = (content: object): string => {
  const path = join(folder, `${crypto.randomUUID()}.json`);
  writeFileSync(path, JSON.stringify(content));
  return path;
};

describe("the stage's file", () => {
  it('is given keys, and stays as it is otherwise', () => {
    const path = aFile({ stage: 'dev', delivery: { priceClass: 'PriceClass_100', cookies: { domain: 'example.com' } } });

    cookieStageFile(path).write([{ id: 'k1', publicKey: 'pem' }]);

    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({ stage: 'dev', delivery: { priceClass: 'PriceClass_100', cookies: { domain: 'example.com', keys: [{ id: 'k1', publicKey: 'pem' }] } } });
    expect(cookieStageFile(path).publicKeys()).toEqual([{ id: 'k1', publicKey: 'pem' }]);
  });

  it('is given the keys of Cam playback likewise', () => {
    const path = aFile({ stage: 'dev', cam: { pipelines: [{ id: 'pl_cam' }] } });

    camStageFile(path).write([{ id: 'k1', publicKey: 'pem' }]);

    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({ stage: 'dev', cam: { pipelines: [{ id: 'pl_cam' }], playbackKeys: [{ id: 'k1', publicKey: 'pem' }] } });
    expect(() => camStageFile(aFile({ stage: 'dev' })).publicKeys()).toThrow('has no Cam pipelines');
  });

  it('fails when it gives no cookies', () => {
    expect(() => cookieStageFile(aFile({ stage: 'dev', delivery: {} })).publicKeys()).toThrow('expected delivery.cookies with domain and webOrigins');
  });
});
