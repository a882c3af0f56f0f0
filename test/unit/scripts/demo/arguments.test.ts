import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readArguments } from '../../../../scripts/demo/arguments.ts';

describe('the demo\'s arguments', () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'demo-arguments-'));
    writeFileSync(join(folder, 'notes.mp4'), 'no video');
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  it('run Pro for a minute unless told otherwise', () => {
    expect(readArguments([])).toMatchObject({ pipeline: { pipelineId: 'pl_main', kind: 'PRO' }, seconds: 60, withFailover: false, isProvisional: false, timeScale: 3600, report: undefined });
  });

  it('know the Cam pipeline by two names, and let its show be shorter', () => {
    expect(readArguments(['--pipeline', 'cam', '--seconds', '10', '--provisional'])).toMatchObject({ pipeline: { pipelineId: 'pl_cam', kind: 'CAM' }, seconds: 10, isProvisional: true });
    expect(readArguments(['--pipeline=pl_cam'])?.pipeline).toEqual(readArguments(['--pipeline=cam'])?.pipeline);
  });

  it('take a report into a folder that is there', () => {
    expect(readArguments(['--report', join(folder, 'report.json')])?.report).toBe(join(folder, 'report.json'));
  });

  it('are undefined for who asks for help', () => {
    expect(readArguments(['-h', '--seconds', 'abc'])).toBeUndefined();
  });

  it.each([
    [['--pipeline', 'camm'], '--pipeline must be one of pl_main, pl_small, cam, pl_cam, got "camm"'],
    [['--pipeline', ''], 'got ""'],
    [['--failover', '--pipeline', 'cam'], '--failover needs a pipeline of two inputs, and a Cam pipeline has one'],
    [['--provisional'], '--provisional needs a Cam pipeline (--pipeline cam)'],
    [['--seconds', '0'], '--seconds must be a whole number of 20 to 3000, got "0"'],
    [['--seconds', '-5', '--pipeline', 'cam'], '--seconds must be a whole number of 10 to 3000, got "-5"'],
    [['--seconds', 'abc'], 'got "abc"'],
    [['--seconds', '1e2'], 'got "1e2"'],
    [['--seconds', '20.5'], 'got "20.5"'],
    [['--seconds', '3001'], 'got "3001"'],
    [['--failover', '--seconds', '60'], 'whole number of 80 to 3000'],
    [['--time-scale', '-1'], '--time-scale must be a whole number of at least 1, got "-1"'],
    [['--seconds'], 'argument missing: npm run demo -- --help tells the options'],
    [['--pipelin', 'cam'], '--help tells the options'],
    [['cam'], '--help tells the options'],
    [['--source', 'nothing.mp4'], 'there is no file nothing.mp4'],
    [['--report', '/nowhere/at/all.json'], 'there is no folder /nowhere/at'],
  ])('reject %j', (args, message) => {
    expect(() => readArguments(args)).toThrow(message);
  });

  it('reject a source without video, and a report that is a folder', () => {
    expect(() => readArguments(['--source', join(folder, 'notes.mp4')])).toThrow('ffprobe finds no video');
    expect(() => readArguments(['--report', folder])).toThrow('is a folder');
  });
});
