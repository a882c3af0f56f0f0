import { BlackJudge } from '../../../../../local/media/monitor/black-judge.ts';
import { JpegSplitter } from '../../../../../local/media/monitor/jpeg-splitter.ts';
import { monitorOutputs } from '../../../../../local/media/monitor/monitor-arguments.ts';
import { SoundMeter } from '../../../../../local/media/monitor/sound-meter.ts';

const picture = (luma: number, one = luma): Buffer => Buffer.concat([Buffer.alloc(64 * 36 - 1, luma), Buffer.from([one])]);
const samples = (...values: readonly number[]): Buffer => Buffer.from(Int16Array.from(values).buffer);

describe('a judge of black', () => {
  it('counts from the first to the last of a row of black pictures', () => {
    const judge = new BlackJudge(0.1);

    judge.take(picture(16), 2000);
    judge.take(picture(37), 4000);

    expect(judge.milliseconds).toBe(2000);
  });

  it('is undone by a single pixel above the threshold', () => {
    const judge = new BlackJudge(0.1);
    judge.take(picture(16), 2000);

    judge.take(picture(16, 39), 4000);

    expect(judge.milliseconds).toBe(0);
  });

  it('takes pictures in any pieces', () => {
    const judge = new BlackJudge(0);
    const both = Buffer.concat([picture(16), picture(16)]);

    judge.take(both.subarray(0, 3000), 1000);
    judge.take(both.subarray(3000), 3000);

    expect(judge.milliseconds).toBe(2000);
  });
});

describe('a meter of sound', () => {
  it('counts silence since something was heard', () => {
    const meter = new SoundMeter();
    meter.begin(0);
    meter.take(samples(0, 12_000, -100), 1000);
    meter.take(samples(0, 20, -32), 3000);

    expect(meter.silentMilliseconds(4000)).toBe(3000);
  });

  it('counts silence from the beginning where there is no sound', () => {
    const meter = new SoundMeter();
    expect(meter.silentMilliseconds(5000)).toBe(0);

    meter.begin(5000);

    expect(meter.silentMilliseconds(9000)).toBe(4000);
  });

  it('tells the loudest sample of the last second', () => {
    const meter = new SoundMeter();
    meter.take(samples(32_767), 0);
    meter.take(samples(-16_384).subarray(0, 1), 500);
    meter.take(samples(-16_384).subarray(1), 600);

    expect(meter.levelDbfs(900)).toBeCloseTo(0, 1);
    expect(meter.levelDbfs(1400)).toBeCloseTo(-6.02, 2);
    expect(meter.levelDbfs(2000)).toBeUndefined();
  });

  it('tells a floor for nothing but zeroes', () => {
    const meter = new SoundMeter();
    meter.take(samples(0, 0), 0);

    expect(meter.levelDbfs(10)).toBe(-90);
  });
});

describe('a splitter of JPEG pictures', () => {
  it('gives each picture when its end has come', () => {
    const splitter = new JpegSplitter();
    const [one, two] = [Buffer.from([0xff, 0xd8, 1, 0xff, 0xd9]), Buffer.from([0xff, 0xd8, 2, 0xff, 0xd9])];
    const row = Buffer.concat([one, two]);

    expect([splitter.take(row.subarray(0, 4)), splitter.take(row.subarray(4, 9)), splitter.take(row.subarray(9))]).toEqual([[], [one], [two]]);
  });
});

describe('what a monitor is asked for', () => {
  it('leaves out what is not wanted or not there', () => {
    expect(monitorOutputs({ thumbnail: true, blackThreshold: 0, sound: true }, true)).toEqual(['thumbnail', 'probe', 'sound']);
    expect(monitorOutputs({ thumbnail: false, sound: true }, false)).toEqual([]);
  });
});
