import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { witnessWith } from '../../../../scripts/demo/witness.ts';

describe('the witness', () => {
  const witness = witnessWith({ region: 'us-east-1' });
  let folder: string;

  const made = (name: string, ...args: readonly string[]): string => {
    const file = join(folder, name);
    spawnSync('ffmpeg', ['-v', 'error', ...args, file]);
    return file;
  };
  const tone = (seconds: number): string[] => ['-f', 'lavfi', '-i', `sine=duration=${seconds}`];

  beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'demo-witness-'))));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('tells pictures from sound that goes on', () => {
    const file = made('film.mp4', '-f', 'lavfi', '-i', 'testsrc2=size=64x36:rate=30:duration=1', ...tone(2), '-pix_fmt', 'yuv420p');

    expect(witness.pictureSeconds(file)).toBeCloseTo(1, 2);
    expect(witness.duration(file)).toBeCloseTo(2, 1);
  });

  it('fails where there are no pictures, or no media', () => {
    writeFileSync(join(folder, 'notes.mp4'), 'none');

    expect(() => witness.pictureSeconds(made('sound.m4a', ...tone(1)))).toThrow('no pictures');
    expect(() => witness.duration(join(folder, 'notes.mp4'))).toThrow('ffprobe cannot read');
  });
});
