import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demoReportSchema } from '../../scripts/demo/report.ts';
import { type Ended, run } from '../support/journeys/programs.ts';

const script = join(import.meta.dirname, '..', '..', 'scripts', 'demo.ts');

/** Given somebody who runs the demo of a Cam show, as short as it may be. */
describe('the demo of a Cam show', () => {
  let folder: string;
  let ended: Ended;

  const reportFile = (): string => join(folder, 'report.json');
  const demo = (...options: readonly string[]): Promise<Ended> => run(process.execPath, ['--disable-warning=ExperimentalWarning', script, ...options], { TZ: 'UTC' });

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'journey-demo-'));
    ended = await demo('--pipeline', 'cam', '--seconds', '10', '--provisional', '--report', reportFile());
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  it('ends well, with all that was counted as the platform says', () => {
    const { kind, checks, usage } = demoReportSchema.parse(JSON.parse(readFileSync(reportFile(), 'utf8')));

    expect(checks.filter(({ ok }) => !ok)).toEqual([]);
    expect({ kind, status: usage.breakout.status, exit: ended.status }).toEqual({ kind: 'CAM', status: 'PROVISIONAL', exit: 0 });
  });

  it('prints what it used and cost, and how it compares', () => {
    expect(ended.stdout).toMatch(/^Delivered hours +0\.00\d+ /m);
    expect(ended.stdout).toMatch(/^streaming\/input +\d+\/\d+ +Hrs +0\.2000000000 /m);
    expect(ended.stdout).toMatch(/^All \d+ comparisons hold\.$/m);
  });

  it('tells what goes on, and no stream key', () => {
    const steps = ['the platform is ready', 'the show is RUNNING', 'the viewer has its first segment', 'asked for the stop', 'the show is COMPLETED', 'an encoder that pushes as before is refused', 'the recording is READY', 'usage is PROVISIONAL'];

    expect(steps.filter((step) => !ended.stderr.includes(step))).toEqual([]);
    expect(ended.stderr + ended.stdout).not.toMatch(/sk_/);
  });

  it('leaves at once, having started nothing, what it cannot run', async () => {
    expect(await demo('--pipeline', 'camm')).toEqual({ status: 1, stdout: '', stderr: '\n--pipeline must be one of pl_main, pl_small, cam, pl_cam, got "camm"\n' });
  });
});
