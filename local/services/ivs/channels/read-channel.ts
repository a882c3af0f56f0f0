import { ChannelLatencyMode, ChannelType, ContainerFormat, TranscodePreset, type CreateChannelRequest, type UpdateChannelRequest } from '@aws-sdk/client-ivs';
import { findUnsupported } from '../../../media/declared-properties.ts';
import { nameFrom, oneOf } from '../checks.ts';
import { resourceOf } from '../control-plane.ts';
import { conflict, invalid } from '../faults.ts';
import type { ChannelDeclaration, IvsRecords } from '../records.ts';
import { channelProperties } from './channel-properties.ts';

/** What a channel is without being told. https://docs.aws.amazon.com/ivs/latest/LowLatencyAPIReference/API_CreateChannel.html */
const defaults: ChannelDeclaration = { name: '', type: 'STANDARD', latencyMode: 'LOW', containerFormat: 'TS', authorized: false, insecureIngest: false };

/**
 * What a channel declares: a new one, or one that is changed.
 * @throws ValidationException naming what cannot be, ResourceNotFoundException or ConflictException on its recording configuration
 */
export const readChannel = (records: IvsRecords, input: CreateChannelRequest | UpdateChannelRequest, before: ChannelDeclaration = defaults): ChannelDeclaration => {
  refuseUnsupported(input);
  const type = oneOf('type', input.type, ChannelType, before.type);
  const recordingConfigurationArn = input.recordingConfigurationArn ?? before.recordingConfigurationArn ?? '';
  checkRecording(records, recordingConfigurationArn);
  const preset = readPreset(type, input.preset, before.preset);
  return {
    name: input.name === undefined ? before.name : nameFrom(input.name),
    type,
    latencyMode: oneOf('latencyMode', input.latencyMode, ChannelLatencyMode, before.latencyMode),
    containerFormat: oneOf('containerFormat', input.containerFormat, ContainerFormat, before.containerFormat),
    authorized: input.authorized ?? before.authorized,
    insecureIngest: input.insecureIngest ?? before.insecureIngest,
    ...(preset === undefined ? {} : { preset }),
    ...(recordingConfigurationArn === '' ? {} : { recordingConfigurationArn }),
  };
};

const refuseUnsupported = (input: object): void => {
  // An empty string is how the API says "none".
  const set = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== ''));
  const problems = findUnsupported(channelProperties, set);
  if (problems.length > 0) throw invalid(problems.map(({ elementPath, message }) => `${elementPath}: ${message}`).join('; '));
};

const readPreset = (type: ChannelType, preset: string | undefined, before: TranscodePreset | undefined): TranscodePreset | undefined => {
  const isAdvanced = type === 'ADVANCED_HD' || type === 'ADVANCED_SD';
  if (!isAdvanced && preset !== undefined && preset !== '') throw invalid(`preset ${preset} on a channel of type ${type}: only ADVANCED_HD and ADVANCED_SD have one; leave preset out`);
  if (!isAdvanced) return undefined;
  const known = Object.values(TranscodePreset).find((one) => one === preset);
  if (known === undefined && preset !== undefined && preset !== '') throw invalid(`preset ${JSON.stringify(preset)}: expected one of ${Object.values(TranscodePreset).join(', ')}`);
  return known ?? before ?? 'HIGHER_BANDWIDTH_DELIVERY';
};

const checkRecording = (records: IvsRecords, arn: string): void => {
  if (arn === '') return;
  const { state } = resourceOf(records.recordingConfigurations, 'recording-configuration', arn);
  if (state !== 'ACTIVE') throw conflict(`recording configuration ${arn} is ${state}, expected ACTIVE: wait for it, or choose another`);
};
