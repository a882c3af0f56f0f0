import type { CfnChannel } from 'aws-cdk-lib/aws-medialive';
import type { Ladder, Rung } from '../../config/ladders.ts';

/** The ids by which output groups name their destinations. */
export const destinationIds = { packager: 'packager', archive: 'archive' } as const;

/** The name of the one audio that every rung encodes: the first that the input carries. */
export const audioSelectorName = 'default';

/** About how long a file of the archive is. MediaConvert joins at most 150 in a job: 12.5 hours. */
const usualRolloverSeconds = 300;

/** A new file of the archive begins after so many seconds: whole groups of pictures, so that a file's number tells its time. */
export const archiveRolloverSeconds = ({ gopSeconds }: Ladder): number => Math.ceil(usualRolloverSeconds / gopSeconds) * gopSeconds;

/**
 * What viewers see when no input comes: the last picture until a failover can have happened (3 s by default), a second of
 * black, then grey, which tells a lost input from a dark stage. The outputs go on all the while.
 */
const inputLossBehavior = { repeatFrameMsec: 4000, blackFrameMsec: 1000, inputLossImageType: 'COLOR', inputLossImageColor: '202020' } as const;

const videoDescription = ({ framesPerSecond, gopSeconds }: Ladder, { name, widthPixels, heightPixels, videoBitsPerSecond }: Rung): CfnChannel.VideoDescriptionProperty => ({
  name,
  width: widthPixels,
  height: heightPixels,
  codecSettings: {
    h264Settings: {
      profile: 'HIGH',
      rateControlMode: 'CBR',
      bitrate: videoBitsPerSecond,
      framerateControl: 'SPECIFIED',
      framerateNumerator: framesPerSecond,
      framerateDenominator: 1,
      gopSize: gopSeconds,
      gopSizeUnits: 'SECONDS',
      // Every group is closed, so that a viewer can change the rung at each of them.
      gopClosedCadence: 1,
      sceneChangeDetect: 'DISABLED',
      parControl: 'SPECIFIED',
      parNumerator: 1,
      parDenominator: 1,
    },
  },
});

const audioDescription = ({ name, audioBitsPerSecond }: Rung): CfnChannel.AudioDescriptionProperty => ({
  name,
  audioSelectorName,
  codecSettings: { aacSettings: { bitrate: audioBitsPerSecond, codingMode: 'CODING_MODE_2_0', profile: 'LC', rateControlMode: 'CBR', sampleRate: 48_000 } },
});

const output = (group: string, { name }: Rung, outputSettings: CfnChannel.OutputSettingsProperty): CfnChannel.OutputProperty => ({
  outputName: outputName(group, name),
  videoDescriptionName: name,
  audioDescriptionNames: [name],
  outputSettings,
});

/** Output names are unique in a channel. */
const outputName = (group: string, rungName: string): string => `${group}-${rungName}`;

/** Every rung goes to the packager; MediaLive finds the packager's ingest endpoints itself. */
const packagerGroup = ({ rungs }: Ladder): CfnChannel.OutputGroupProperty => ({
  name: destinationIds.packager,
  outputGroupSettings: { mediaPackageGroupSettings: { destination: { destinationRefId: destinationIds.packager } } },
  outputs: rungs.map((rung) => output(destinationIds.packager, rung, { mediaPackageOutputSettings: {} })),
});

/** The best rung goes to the archive, in files named by the run's start, so that a restart never writes over them. */
const archiveGroup = (ladder: Ladder): CfnChannel.OutputGroupProperty => ({
  name: destinationIds.archive,
  outputGroupSettings: { archiveGroupSettings: { destination: { destinationRefId: destinationIds.archive }, rolloverInterval: archiveRolloverSeconds(ladder) } },
  outputs: [
    output(destinationIds.archive, ladder.rungs[0], {
      archiveOutputSettings: { containerSettings: { m2TsSettings: {} }, extension: 'ts', nameModifier: '-$dt$' },
    }),
  ],
});

/** What the channel encodes and where it sends it: `rungs + 1` outputs, each of which is billed. */
export const encoderSettings = (ladder: Ladder): CfnChannel.EncoderSettingsProperty => ({
  timecodeConfig: { source: 'SYSTEMCLOCK' },
  globalConfiguration: { inputLossBehavior },
  // Thumbnails cost nothing, and show who is on call what viewers see.
  thumbnailConfiguration: { state: 'AUTO' },
  videoDescriptions: ladder.rungs.map((rung) => videoDescription(ladder, rung)),
  audioDescriptions: ladder.rungs.map(audioDescription),
  outputGroups: [packagerGroup(ladder), archiveGroup(ladder)],
});

/** The rung of every output of {@link encoderSettings}, in its order. */
export const encodedOutputs = ({ rungs }: Ladder): readonly { readonly outputName: string; readonly rung: Rung }[] => [
  ...rungs.map((rung) => ({ outputName: outputName(destinationIds.packager, rung.name), rung })),
  { outputName: outputName(destinationIds.archive, rungs[0].name), rung: rungs[0] },
];
