import {
  CreateChannelCommand, CreateInputCommand, DescribeChannelCommand, UpdateChannelClassCommand, type CreateChannelCommandInput, type FailoverCondition,
} from '@aws-sdk/client-medialive';
import { fakeRelays } from '../../../support/media/fake-relay.ts';
import { archiveBucket, startMediaStage, type MediaStage } from '../../../support/media/media-stage.ts';
import { reaches } from '../../../support/media/channel-declaration.ts';
import { aTwoInputChannel, createInput, createSecurityGroup, createTwoInputPipeline, defaultFailover, type TwoInputOptions } from '../../../support/media/two-input-pipeline.ts';

let stage: MediaStage;
let group: string;
let primary: string;
let backup: string;

beforeEach(async () => {
  stage = await startMediaStage(() => [], undefined, { createRelay: fakeRelays().create });
  group = await createSecurityGroup(stage);
  primary = await createInput(stage, 'primary', group);
  backup = await createInput(stage, 'backup', group);
});

afterEach(() => stage.close());

const create = (declaration: CreateChannelCommandInput) => stage.mediaLive.send(new CreateChannelCommand(declaration));
const declare = (options: TwoInputOptions = {}) => aTwoInputChannel(primary, backup, options);
const conditions = (...FailoverConditions: FailoverCondition['FailoverConditionSettings'][]) => declare({ failover: { FailoverConditions: FailoverConditions.map((FailoverConditionSettings) => ({ FailoverConditionSettings })) } });
const loss = (rest: object) => declare({ encoder: { GlobalConfiguration: { InputLossBehavior: rest } } });

describe('channels of local MediaLive', () => {
  it('describe what they declare, to the member', async () => {
    const declaration = declare({ encoder: { ThumbnailConfiguration: { State: 'AUTO' }, GlobalConfiguration: { InputLossBehavior: { RepeatFrameMsec: 500, BlackFrameMsec: 0, InputLossImageType: 'COLOR', InputLossImageColor: '102030' } } } });

    const { Channel } = await create(declaration);

    const { Name, ChannelClass, InputSpecification, InputAttachments, Destinations, EncoderSettings } = declaration;
    expect(await stage.mediaLive.send(new DescribeChannelCommand({ ChannelId: Channel!.Id! }))).toMatchObject({ Name, ChannelClass, InputSpecification, InputAttachments, Destinations, EncoderSettings });
  });

  it('are STANDARD unless they say otherwise', async () => {
    const { ChannelClass: _, ...declaration } = declare();

    await expect(create(declaration)).rejects.toMatchObject({ message: expect.stringContaining('expected 2: one for each pipeline') });
  });

  it('change their class while they are idle', async () => {
    const { channelId } = await createTwoInputPipeline(await Promise.resolve(stage), { packagerId: 'classes', channelClass: 'STANDARD' });

    const { Channel } = await stage.mediaLive.send(new UpdateChannelClassCommand({ ChannelId: channelId, ChannelClass: 'SINGLE_PIPELINE', Destinations: [{ Id: 'packager', MediaPackageSettings: [{ ChannelId: 'classes' }] }, { Id: 'archive', Settings: [{ Url: `s3ssl://${archiveBucket}/live/one` }] }] }));

    expect(Channel).toMatchObject({ ChannelClass: 'SINGLE_PIPELINE', State: 'UPDATING' });
    await reaches(stage, channelId, 'IDLE');
  });

  it.each<[string, () => CreateChannelCommandInput, string, RegExp]>([
    ['three inputs', () => ({ ...declare(), InputAttachments: [...declare().InputAttachments!, { InputAttachmentName: 'third', InputId: '3' }] }), '/inputAttachments', /at most 2/],
    ['an input that is not there', () => ({ ...declare({ failover: null }), InputAttachments: [{ InputAttachmentName: 'main', InputId: '99' }] }), '/inputAttachments[0]/inputId', /99 does not exist/],
    ['one input twice', () => aTwoInputChannel(primary, primary, { failover: null }), '/inputAttachments[1]/inputId', /attached twice/],
    ['two attachments of one name', () => ({ ...declare({ failover: null }), InputAttachments: [primary, backup].map((InputId) => ({ InputId, InputAttachmentName: 'same' })) }), '/inputAttachments[1]/inputAttachmentName', /name of two/],
    ['two attachments without names', () => ({ ...declare({ failover: null }), InputAttachments: [primary, backup].map((InputId) => ({ InputId })) }), '/inputAttachments[0]/inputAttachmentName', /missing/],
    ['a secondary that is not attached', () => declare({ failover: { SecondaryInputId: '99' } }), '/inputAttachments[0]/automaticInputFailoverSettings/secondaryInputId', /not attached/],
    ['a secondary that is the primary', () => declare({ failover: { SecondaryInputId: primary } }), '/inputAttachments[0]/automaticInputFailoverSettings/secondaryInputId', /primary itself/],
    ['failover settings on both inputs', () => ({ ...declare(), InputAttachments: declare().InputAttachments!.map((one) => ({ ...one, AutomaticInputFailoverSettings: { ...defaultFailover, SecondaryInputId: one.InputId === primary ? backup : primary } })) }), '/inputAttachments[0]/automaticInputFailoverSettings', /primary alone/],
    ['an unknown preference', () => declare({ failover: { InputPreference: 'SECONDARY_INPUT_PREFERRED' as 'PRIMARY_INPUT_PREFERRED' } }), '/inputAttachments[0]/automaticInputFailoverSettings/inputPreference', /PRIMARY_INPUT_PREFERRED, EQUAL_INPUT_PREFERENCE/],
    ['no clear time', () => declare({ failover: { ErrorClearTimeMsec: 0 } }), '/inputAttachments[0]/automaticInputFailoverSettings/errorClearTimeMsec', /at least 1/],
    ['a loss threshold below 100 ms', () => conditions({ InputLossSettings: { InputLossThresholdMsec: 99 } }), '/inputAttachments[0]/automaticInputFailoverSettings/failoverConditions[0]/failoverConditionSettings/inputLossSettings/inputLossThresholdMsec', /at least 100/],
    ['a black threshold below a second', () => conditions({ VideoBlackSettings: { VideoBlackThresholdMsec: 999 } }), '/inputAttachments[0]/automaticInputFailoverSettings/failoverConditions[0]/failoverConditionSettings/videoBlackSettings/videoBlackThresholdMsec', /at least 1000/],
    ['black above white', () => conditions({ VideoBlackSettings: { BlackDetectThreshold: 1.1 } }), '/inputAttachments[0]/automaticInputFailoverSettings/failoverConditions[0]/failoverConditionSettings/videoBlackSettings/blackDetectThreshold', /at most 1/],
    ['silence of a sound that is not selected', () => conditions({ AudioSilenceSettings: { AudioSelectorName: 'other' } }), '/inputAttachments[0]/automaticInputFailoverSettings/failoverConditions[0]/failoverConditionSettings/audioSilenceSettings/audioSelectorName', /default/],
    ['silence below a second', () => conditions({ AudioSilenceSettings: { AudioSelectorName: 'default', AudioSilenceThresholdMsec: 1 } }), '/inputAttachments[0]/automaticInputFailoverSettings/failoverConditions[0]/failoverConditionSettings/audioSilenceSettings/audioSilenceThresholdMsec', /at least 1000/],
    ['an empty condition', () => conditions({}), '/inputAttachments[0]/automaticInputFailoverSettings/failoverConditions[0]/failoverConditionSettings', /exactly one/],
    ['STANDARD with single inputs', () => declare({ channelClass: 'STANDARD' }), '/inputAttachments[0]/inputId', /class SINGLE_PIPELINE, expected STANDARD/],
    ['STANDARD with one archive URL', () => ({ ...declare(), ChannelClass: 'STANDARD' }), '/encoderSettings/outputGroups[1]/outputGroupSettings', /1 URLs, expected 2/],
    ['STANDARD with one archive URL twice', () => ({ ...declare({ channelClass: 'STANDARD' }), Destinations: [declare().Destinations![0]!, { Id: 'archive', Settings: [{ Url: 's3ssl://b/x' }, { Url: 's3ssl://b/x' }] }] }), '/encoderSettings/outputGroups[1]/outputGroupSettings', /choose two URLs/],
    ['two packager channels', () => ({ ...declare(), Destinations: [{ Id: 'packager', MediaPackageSettings: [{ ChannelId: 'a' }, { ChannelId: 'b' }] }, declare().Destinations![1]!] }), '/encoderSettings/outputGroups[0]/outputGroupSettings', /expected one/],
    ['an image without its address', () => loss({ InputLossImageType: 'SLATE' }), '/encoderSettings/globalConfiguration/inputLossBehavior/inputLossImageSlate/uri', /s3ssl/],
    ['a colour that is none', () => loss({ InputLossImageColor: 'blue' }), '/encoderSettings/globalConfiguration/inputLossBehavior/inputLossImageColor', /RRGGBB/],
    ['a repeat that never was', () => loss({ RepeatFrameMsec: -1 }), '/encoderSettings/globalConfiguration/inputLossBehavior/repeatFrameMsec', /0 to 1000000/],
  ])('reject %s', async (_, declaration, elementPath, message) => {
    await expect(create(declaration())).rejects.toMatchObject({
      name: 'UnprocessableEntityException',
      ValidationErrors: expect.arrayContaining([{ ElementPath: elementPath, ErrorMessage: expect.stringMatching(message) }]),
    });
  });

  it('reject failover between inputs that are not alike', async () => {
    const rtp = await createInput(stage, 'rtp', group, { type: 'RTP_PUSH' });

    await expect(create(aTwoInputChannel(primary, rtp))).rejects.toMatchObject({
      ValidationErrors: ['type (RTMP_PUSH, RTP_PUSH)', 'class (SINGLE_PIPELINE, STANDARD)'].map((difference) => ({ ElementPath: '/inputAttachments[0]/automaticInputFailoverSettings/secondaryInputId', ErrorMessage: expect.stringContaining(difference) })),
    });
  });

  it('reject an input that another channel has', async () => {
    await create(declare());

    await expect(create(declare())).rejects.toMatchObject({ name: 'ConflictException', message: expect.stringContaining(primary) });
  });

  it('take RTP in either class', async () => {
    const inputs = await Promise.all(['one', 'two'].map(async () => (await stage.mediaLive.send(new CreateInputCommand({ Type: 'RTP_PUSH', InputSecurityGroups: [group] }))).Input!.Id!));

    const { Channel } = await create(aTwoInputChannel(inputs[0]!, inputs[1]!, { channelClass: 'STANDARD' }));

    expect(Channel!.State).toBe('CREATING');
  });
});
