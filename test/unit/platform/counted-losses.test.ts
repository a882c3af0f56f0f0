import { metricNamespace } from '../../../lambda/contract/metric-names.ts';
import type { LossKind } from '../../../lambda/domain/shared/losses.ts';
import { countedLosses } from '../../../lambda/platform/counted-losses.ts';
import { createLogger } from '../../../lambda/platform/logging.ts';
import { embeddedMetrics } from '../../../local/services/lambda/invocation/embedded-metrics.ts';

beforeAll(() => {
  process.env['METRIC_NAMESPACE'] = metricNamespace('test');
});

describe('losses', () => {
  it.each<[LossKind, string]>([
    ['RECORDING_FAILED', 'RecordingsFailed'],
    ['SHOW_FAILED', 'ShowsFailed'],
    ['STRANGER_ON_AIR', 'StrangersOnAir'],
    ['STREAM_UNRECORDED', 'StreamsUnrecorded'],
  ])('of kind %s are counted by CloudWatch as %s', (kind, name) => {
    const lines: string[] = [];
    countedLosses(createLogger({}, (line) => lines.push(line)), () => 7).tell({ kind, breakoutId: 'bko_1', message: 'AccessDenied' });

    expect(lines.flatMap(embeddedMetrics)).toEqual([{ namespace: 'VisionStream/test', name, dimensions: {}, value: 1, unit: 'Count', at: 7 }]);
    expect(JSON.parse(lines[0]!)).toMatchObject({ level: 'ERROR', kind, breakoutId: 'bko_1', loss: 'AccessDenied' });
  });
});
