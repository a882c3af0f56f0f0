import { readChannelPlan } from '../../../../../local/services/medialive/settings/read-channel-plan.ts';
import { archiveKey } from '../../../../../local/services/medialive/archive/archive-output.ts';
import { aChannel } from '../../../../support/media/channel-declaration.ts';

const planOf = (declaration: Parameters<typeof readChannelPlan>[0]) => {
  const read = readChannelPlan(declaration);
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  return read.plan;
};
const problemsOf = (declaration: Parameters<typeof readChannelPlan>[0]): string[] => {
  const read = readChannelPlan(declaration);
  return 'problems' in read ? read.problems.map(({ elementPath }) => elementPath) : [];
};

describe('a channel\'s plan', () => {
  it('encodes once what two outputs share', () => {
    const plan = planOf(aChannel('1', 'stage'));

    expect(plan.renditions.map(({ name }) => name)).toEqual(['360p-out', '240p-out']);
    expect(plan.packageGroups).toEqual([{ name: 'packager', mediaPackageChannelId: 'stage', renditions: [0, 1] }]);
    expect(plan.archiveGroups).toMatchObject([{ locations: [{ bucket: 'archive-bucket', keyBase: 'live/stage' }], rolloverMilliseconds: 300_000, outputs: [{ rendition: 0, extension: 'ts' }] }]);
  });

  it('reads sizes, rates and GOPs as declared', () => {
    expect(planOf(aChannel('1', 'stage')).renditions[0]?.video).toMatchObject({ widthPixels: 640, heightPixels: 360, bitsPerSecond: 600_000, maximumBitsPerSecond: 600_000, gopFrames: 60, profile: 'high' });
  });

  it('names every element at fault', () => {
    const channel = aChannel('1', 'stage');
    const [first, second] = channel.EncoderSettings!.OutputGroups!;

    expect(problemsOf({ ...channel, ChannelClass: 'STANDARD' })).toEqual(['/encoderSettings/outputGroups[1]/outputGroupSettings']);
    expect(problemsOf({ ...channel, Destinations: [] })).toEqual(['/encoderSettings/outputGroups[0]/outputGroupSettings', '/encoderSettings/outputGroups[1]/outputGroupSettings']);
    expect(problemsOf({ ...channel, Destinations: [channel.Destinations![0]!, { Id: 'archive', Settings: [{ Url: 's3ssl://bucket.with.dots/x' }] }] })).toEqual(['/encoderSettings/outputGroups[1]/outputGroupSettings']);
    expect(problemsOf({ ...channel, EncoderSettings: { ...channel.EncoderSettings!, OutputGroups: [] } })).toEqual(['/encoderSettings/outputGroups']);
    expect(problemsOf({ ...channel, EncoderSettings: { ...channel.EncoderSettings!, OutputGroups: [first!, { ...second!, Outputs: [{ ...second!.Outputs![0]!, OutputSettings: { ArchiveOutputSettings: { ContainerSettings: {}, NameModifier: '$rv$' } } }] }] } })).toEqual(['/encoderSettings/outputGroups[1]/outputs[0]/outputSettings/archiveOutputSettings/nameModifier']);
  });

  it('names archive objects by the start of the run and a counter', () => {
    const [group] = planOf(aChannel('1', 'stage')).archiveGroups;

    expect(archiveKey(group!.locations[0]!, group!.outputs[0]!, Date.parse('2026-11-23T10:15:02.900Z'), 7)).toBe('live/stage-20261123T101502.000007.ts');
  });
});
