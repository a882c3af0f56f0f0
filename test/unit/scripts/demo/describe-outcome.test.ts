import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeOutcome } from '../../../../scripts/demo/describe-outcome.ts';
import { type DemoReport, demoReportSchema, writeReport } from '../../../../scripts/demo/report.ts';
import { camResults, countedCam, countedPro, proResults } from '../../../support/demo/a-counted-show.ts';

const timings = { platformReadySeconds: 2, pushToFirstSegmentSeconds: 2.6, latencySeconds: 2.4, idleToProvisionalSeconds: 1.5, idleToFinalSeconds: 92.5 };
const checks = [{ name: 'a comparison', expected: '1', measured: '1', ok: true }];

const camReport: DemoReport = { breakoutId: 'bko_1', pipelineId: 'pl_cam', kind: 'CAM', usage: camResults().usage, lines: [...camResults().lines], audience: null, independent: countedCam, log: [], checks, timings };
const proReport: DemoReport = { ...camReport, pipelineId: 'pl_main', kind: 'PRO', usage: proResults().usage, lines: [...proResults().lines], independent: countedPro };

const row = (text: string, name: string): string => text.split('\n').find((line) => line.startsWith(name)) ?? '';

describe('what the demo prints', () => {
  it('has the delivered hours of a Cam show as a row of their own, and what does not apply', () => {
    const text = describeOutcome(camReport);

    expect(row(text, 'Delivered hours')).toContain('0.016388');
    expect(row(text, 'Delivered hours')).toMatch(/0\.016389$/);
    expect(row(text, 'Packaging GB')).toContain('not applicable');
    expect(text).toContain('All 1 comparisons hold.');
    expect(text).toContain('the final usage was booked 92.5 s after the stream had ended');
  });

  it('has what was counted of a Pro show beside each category', () => {
    const text = describeOutcome(proReport);

    expect(row(text, 'Streaming hours')).toMatch(/0\.017222$/);
    expect(row(text, 'Packaging GB')).toMatch(/egress 0\.000001$/);
    expect(row(text, 'Delivered hours')).toBe('');
    expect(text).toContain('after the channel was idle');
  });

  it('tells of the breakout what is billable, where that is another quantity', () => {
    const { usage } = camResults({}, { billable: '0.02' });

    expect(row(describeOutcome({ ...camReport, usage }), 'Streaming hours')).toMatch(/^Streaming hours +0\.010000 +0\.020000 +0\.500000000 +0\.010000 +0\.500000000 /);
    expect(row(describeOutcome(camReport), 'Streaming hours')).toMatch(/^Streaming hours +0\.010000 +0\.500000000 /);
  });

  it('says how many comparisons fail', () => {
    expect(describeOutcome({ ...camReport, checks: [...checks, { name: 'another', expected: '1', measured: '2', ok: false }] })).toContain('1 of 2 comparisons FAIL.');
  });

  it('says nothing of final usage that was not waited for', () => {
    expect(describeOutcome({ ...camReport, timings: { ...timings, idleToFinalSeconds: 'not applicable' } })).not.toContain('final usage');
  });
});

describe('the demo\'s report', () => {
  let folder: string;

  beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'demo-report-'))));
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each([['Cam', camReport], ['Pro', proReport]])('is read again as it was written, of a %s show', (_, report) => {
    const file = join(folder, 'report.json');
    writeReport(file, report);

    expect(demoReportSchema.parse(JSON.parse(readFileSync(file, 'utf8')))).toEqual(report);
  });

  it('rejects figures that are missing, or not a number', () => {
    const { ranSeconds: _, ...without } = countedCam;

    expect(demoReportSchema.safeParse({ ...camReport, independent: without }).success).toBe(false);
    expect(demoReportSchema.safeParse({ ...camReport, independent: { ...countedCam, ranSeconds: 0 } }).success).toBe(false);
    expect(demoReportSchema.safeParse({ ...camReport, independent: { ...countedCam, pushedSeconds: Number.NaN } }).success).toBe(false);
  });

  it('is described field by field', () => {
    const page = readFileSync(join(import.meta.dirname, '..', '..', '..', '..', 'docs', 'demo-report.md'), 'utf8');
    const fields = [...Object.keys(demoReportSchema.shape), ...Object.keys(demoReportSchema.shape.timings.shape), ...Object.keys(countedCam)];

    expect(fields.filter((field) => !page.includes(`\`${field}\``))).toEqual([]);
  });
});
