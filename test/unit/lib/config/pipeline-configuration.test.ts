import { StageConfigurationError } from '../../../../lib/config/configuration-error.ts';
import { ladderOf } from '../../../../lib/config/custom-ladder.ts';
import { failoverOf } from '../../../../lib/config/failover.ts';
import { formatsOf } from '../../../../lib/config/formats.ts';
import { inputSpecificationOf } from '../../../../lib/config/input-specification.ts';
import { streamingEndpoints } from '../../../../lib/config/inputs.ts';
import type { PipelineConfiguration } from '../../../../lib/config/pipeline-configuration.ts';
import { parseStageConfiguration } from '../../../../lib/config/read-stage-configuration.ts';
import { aPipelineConfiguration, aStageConfiguration } from '../../../support/synthesised-stage.ts';

type Change = Readonly<Record<string, unknown>>;

const network = { type: 'PUBLIC', allowedSources: ['203.0.113.7/32'] };
const rung = { name: '720p', widthPixels: 1280, heightPixels: 720, videoBitsPerSecond: 3_000_000 };
const smallRung = { name: '360p', widthPixels: 640, heightPixels: 360, videoBitsPerSecond: 600_000 };

const stageWith = (change: Change) => ({ ...aStageConfiguration(), pipelines: [{ ...aPipelineConfiguration(), ...change }] });

const pipelineWith = (change: Change = {}): PipelineConfiguration => parseStageConfiguration(stageWith(change), 'stage.json').pipelines[0]!;

const problemsOf = (change: Change): readonly { readonly field: string; readonly allowed: string }[] => {
  try {
    pipelineWith(change);
    return [];
  } catch (error) {
    if (!(error instanceof StageConfigurationError)) throw error;
    return error.problems.map(({ field, allowed }) => ({ field: field.replace('pipelines[0].', ''), allowed }));
  }
};

describe('a pipeline that says nothing more', () => {
  const pipeline = pipelineWith();

  it('has one encoder, fed by two RTMP inputs', () => {
    expect(pipeline).toMatchObject({ channelClass: 'SINGLE_PIPELINE', inputs: { count: 2, type: 'RTMP_PUSH', network } });
  });

  it('fails over after three seconds and back after thirty', () => {
    expect(failoverOf(pipeline)).toEqual({ preference: 'PRIMARY_INPUT_PREFERRED', errorClearSeconds: 30, conditions: { inputLoss: { thresholdMilliseconds: 3000 } } });
  });

  it('packages all four formats in six-second segments', () => {
    const settings = { segmentSeconds: 6, windowSeconds: 60, startOverSeconds: 0 };

    expect(formatsOf(ladderOf(pipeline.ladder), pipeline.formats)).toEqual(['HLS', 'DASH', 'MSS', 'CMAF'].map((name) => ({ name, ...settings })));
  });
});

describe('the inputs of a pipeline', () => {
  it.each([
    ['SINGLE_PIPELINE', 1, 1],
    ['SINGLE_PIPELINE', 2, 2],
    ['STANDARD', 1, 2],
    ['STANDARD', 2, 4],
  ])('of class %s, %d of them, take %d streams', (channelClass, count, streams) => {
    expect(streamingEndpoints(pipelineWith({ channelClass, inputs: { count, network } }))).toBe(streams);
  });

  it('are in a VPC when it says so', () => {
    const vpc = { type: 'VPC', subnetIds: ['subnet-0a', 'subnet-0b'], securityGroupIds: ['sg-0a'] };

    expect(pipelineWith({ inputs: { type: 'RTP_PUSH', network: vpc } }).inputs).toEqual({ count: 2, type: 'RTP_PUSH', network: vpc });
  });

  it.each([
    ['no network', {}, 'inputs.network'],
    ['a network of no kind', { network: { allowedSources: ['203.0.113.7/32'] } }, 'inputs.network.type'],
    ['a public network for everybody', { network: { type: 'PUBLIC', allowedSources: ['0.0.0.0/0'] } }, 'inputs.network.allowedSources[0]'],
    ['a public network for nobody', { network: { type: 'PUBLIC', allowedSources: [] } }, 'inputs.network.allowedSources'],
    ['more sources than a group takes', { network: { type: 'PUBLIC', allowedSources: Array.from({ length: 11 }, (_, index) => `203.0.113.${index}/32`) } }, 'inputs.network.allowedSources'],
    ['a VPC with one subnet', { network: { type: 'VPC', subnetIds: ['subnet-0a'], securityGroupIds: ['sg-0a'] } }, 'inputs.network.subnetIds'],
    ['a VPC with sources', { network: { type: 'VPC', subnetIds: ['subnet-0a', 'subnet-0b'], securityGroupIds: ['sg-0a'], allowedSources: [] } }, 'inputs.network.allowedSources'],
    ['three push inputs', { count: 3, network }, 'inputs.count'],
    ['inputs that pull', { type: 'RTMP_PULL', network }, 'inputs.type'],
  ])('reject %s', (_, inputs, field) => {
    expect(problemsOf({ inputs }).map((problem) => problem.field)).toEqual([field]);
  });
});

describe('the failover of a pipeline', () => {
  it('is switched by hand when it says so', () => {
    expect(failoverOf(pipelineWith({ failover: 'BY_HAND' }))).toBeUndefined();
    expect(failoverOf(pipelineWith({ inputs: { count: 1, network } }))).toBeUndefined();
  });

  it('watches for black and silence when it says so', () => {
    const conditions = { inputLoss: { thresholdMilliseconds: 500 }, videoBlack: { thresholdMilliseconds: 2000 }, audioSilence: { thresholdMilliseconds: 5000 } };

    expect(failoverOf(pipelineWith({ failover: { preference: 'EQUAL_INPUT_PREFERENCE', conditions } }))).toMatchObject({
      preference: 'EQUAL_INPUT_PREFERENCE',
      errorClearSeconds: 30,
      conditions: { inputLoss: { thresholdMilliseconds: 500 }, videoBlack: { detectThreshold: 0.1, thresholdMilliseconds: 2000 }, audioSilence: { thresholdMilliseconds: 5000 } },
    });
  });

  it.each([
    ['one input', { inputs: { count: 1, network }, failover: {} }, 'failover'],
    ['one input, by hand', { inputs: { count: 1, network }, failover: 'BY_HAND' }, 'failover'],
    ['another word', { failover: 'NEVER' }, 'failover'],
    ['an unknown preference', { failover: { preference: 'BACKUP' } }, 'failover.preference'],
    ['a threshold below what is detected', { failover: { conditions: { inputLoss: { thresholdMilliseconds: 99 } } } }, 'failover.conditions.inputLoss.thresholdMilliseconds'],
    ['black for less than a second', { failover: { conditions: { videoBlack: { thresholdMilliseconds: 999 } } } }, 'failover.conditions.videoBlack.thresholdMilliseconds'],
    ['a condition that is none', { failover: { conditions: { inputFreeze: {} } } }, 'failover.conditions.inputFreeze'],
  ])('rejects %s', (_, change, field) => {
    expect(problemsOf(change).map((problem) => problem.field)).toEqual([field]);
  });
});

describe('the ladder of a pipeline', () => {
  it.each(['house', 'small', 'low-latency'])('%s goes with every default', (ladder) => {
    expect(problemsOf({ ladder })).toEqual([]);
  });

  it('of low latency has segments of one group', () => {
    const ladder = ladderOf('low-latency');

    expect(formatsOf(ladder).map(({ segmentSeconds }) => segmentSeconds)).toEqual([2, 2, 2, 2]);
    expect(ladder.gopSeconds).toBe(2);
  });

  it.each([
    [1, 6],
    [2, 6],
    [4, 8],
    [10, 10],
  ])('of one\'s own with groups of %d s has segments of %d s', (gopSeconds, segmentSeconds) => {
    const { ladder } = pipelineWith({ ladder: { rungs: [rung, smallRung], gopSeconds } });

    expect(ladderOf(ladder)).toMatchObject({ segmentSeconds, framesPerSecond: 30, rungs: [{ audioBitsPerSecond: 128_000 }, {}] });
  });

  it('may have another shape when it says so', () => {
    expect(problemsOf({ ladder: { rungs: [{ ...rung, widthPixels: 960 }], aspectRatio: '4:3' } })).toEqual([]);
  });

  it.each([
    ['no such name', 'large', 'ladder'],
    ['no rung', { rungs: [] }, 'ladder.rungs[0]'],
    ['nine rungs', { rungs: Array.from({ length: 9 }, (_, index) => ({ ...rung, name: `r${index}`, videoBitsPerSecond: 3_000_000 - index })) }, 'ladder.rungs'],
    ['an odd width', { rungs: [{ ...rung, widthPixels: 1279 }] }, 'ladder.rungs[0].widthPixels'],
    ['a distorted picture', { rungs: [{ ...rung, widthPixels: 960 }] }, 'ladder.rungs'],
    ['bit rates that grow', { rungs: [smallRung, { ...smallRung, name: 'more', videoBitsPerSecond: 700_000 }] }, 'ladder.rungs'],
    ['equal bit rates', { rungs: [rung, { ...smallRung, videoBitsPerSecond: 3_000_000 }] }, 'ladder.rungs'],
    ['pictures that grow', { rungs: [smallRung, { ...rung, videoBitsPerSecond: 500_000 }] }, 'ladder.rungs'],
    ['one name twice', { rungs: [rung, { ...smallRung, name: '720p' }] }, 'ladder.rungs'],
    ['120 frames a second', { rungs: [rung], framesPerSecond: 120 }, 'ladder.framesPerSecond'],
    ['a sound that AAC has not', { rungs: [{ ...rung, audioBitsPerSecond: 100_000 }] }, 'ladder.rungs[0].audioBitsPerSecond'],
    ['a misspelt field', { rungs: [rung], fps: 30 }, 'ladder.fps'],
  ])('rejects %s', (_, ladder, field) => {
    expect(problemsOf({ ladder }).map((problem) => problem.field)).toEqual([field]);
  });
});

describe('what inputs declare', () => {
  const declared = (change: Change) => {
    const { ladder, inputSpecification } = pipelineWith(change);
    return inputSpecificationOf(ladderOf(ladder), inputSpecification);
  };
  const uhd = { rungs: [{ name: '2160p', widthPixels: 3840, heightPixels: 2160, videoBitsPerSecond: 16_000_000 }] };

  it.each([
    ['house', 'HD', 'MAX_10_MBPS'],
    ['small', 'SD', 'MAX_10_MBPS'],
    ['low-latency', 'HD', 'MAX_10_MBPS'],
    [uhd, 'UHD', 'MAX_20_MBPS'],
  ])('follows the ladder %j: %s, %s', (ladder, resolution, maximumBitrate) => {
    expect(declared({ ladder })).toEqual({ codec: 'AVC', resolution, maximumBitrate });
  });

  it('may be more than the ladder needs', () => {
    expect(declared({ ladder: 'small', inputSpecification: { resolution: 'HD', maximumBitrate: 'MAX_20_MBPS' } })).toEqual({ codec: 'AVC', resolution: 'HD', maximumBitrate: 'MAX_20_MBPS' });
  });

  it.each([
    ['a picture below the best rung\'s', { inputSpecification: { resolution: 'SD' } }],
    ['a rate below the best rung\'s', { ladder: uhd, inputSpecification: { maximumBitrate: 'MAX_10_MBPS' } }],
  ])('rejects %s', (_, change) => {
    expect(problemsOf(change)).toEqual([{ field: 'inputSpecification', allowed: expect.stringContaining('or above') }]);
  });
});

describe('the formats of a pipeline', () => {
  it('are those that it names, in one order', () => {
    const { ladder, formats } = pipelineWith({ formats: { DASH: { segmentSeconds: 4, windowSeconds: 120, startOverSeconds: 3600 }, HLS: {} } });

    expect(formatsOf(ladderOf(ladder), formats)).toEqual([
      { name: 'HLS', segmentSeconds: 6, windowSeconds: 60, startOverSeconds: 0 },
      { name: 'DASH', segmentSeconds: 4, windowSeconds: 120, startOverSeconds: 3600 },
    ]);
  });

  it.each([
    ['none', {}, 'formats'],
    ['CMAF alone', { CMAF: {} }, 'formats'],
    ['a segment that ends within a group', { HLS: { segmentSeconds: 5 } }, 'formats.HLS.segmentSeconds'],
    ['a window of two segments', { DASH: { segmentSeconds: 10, windowSeconds: 20 } }, 'formats.DASH.windowSeconds'],
    ['a window above five minutes', { HLS: { windowSeconds: 301 } }, 'formats.HLS.windowSeconds'],
    ['more than 14 days of start-over', { HLS: { startOverSeconds: 14 * 86_400 + 1 } }, 'formats.HLS.startOverSeconds'],
    ['a format that is none', { RTSP: {} }, 'formats.RTSP'],
  ])('reject %s', (_, formats, field) => {
    expect(problemsOf({ formats }).map((problem) => problem.field)).toEqual([field]);
  });

  it('must all be encrypted where one is', () => {
    const encryption = { keyServerUrl: 'https://abc123.execute-api.us-east-1.amazonaws.com/live/keys', resourceId: 'stage', HLS: { method: 'AES_128' } };

    expect(problemsOf({ formats: { HLS: {}, DASH: {} }, encryption }).map(({ field }) => field)).toEqual(['encryption']);
    expect(problemsOf({ formats: { HLS: {} }, encryption })).toEqual([]);
  });
});
