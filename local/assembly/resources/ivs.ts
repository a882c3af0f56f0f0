import { CreateChannelCommand, CreateRecordingConfigurationCommand, CreateStreamKeyCommand, DeleteStreamKeyCommand, GetRecordingConfigurationCommand, ImportPlaybackKeyPairCommand, IvsClient } from '@aws-sdk/client-ivs';
import { z } from 'zod';
import type { ClientSettings, SystemTagging } from '../../runtime/ports.ts';
import { commandOf, enforced, required, tagMap, type Properties, type ResourceProvider } from '../resource-provider.ts';
import { waitFor } from '../wait-for.ts';

/** CloudFormation's names as the API has them: `S3.BucketName` is `s3.bucketName`. */
const inputOf = ({ Tags, ...properties }: Properties): unknown => ({ ...z.record(z.string(), z.unknown()).parse(withCamelKeys(properties)), tags: tagMap(Tags) });

const withCamelKeys = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withCamelKeys);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key.charAt(0).toLowerCase() + key.slice(1), withCamelKeys(item)]));
};

/** AWS::IVS::Channel, PlaybackKeyPair, RecordingConfiguration and StreamKey. Ref gives the ARN of each, and each has CloudFormation's own tags. */
export const ivsProviders = (settings: ClientSettings, tagAsAws: SystemTagging): ResourceProvider[] =>
  creatorsOf(settings).map((provider) => ({ ...provider, tagAsPartOfStack: ({ physicalId }, tags) => tagAsAws(physicalId, tags) }));

const creatorsOf = (settings: ClientSettings): ResourceProvider[] => {
  const client = new IvsClient({ ...settings });
  return [
    {
      type: 'AWS::IVS::Channel',
      properties: enforced('Name', 'Type', 'LatencyMode', 'ContainerFormat', 'Authorized', 'InsecureIngest', 'Preset', 'RecordingConfigurationArn', 'Tags'),
      create: async (properties) => {
        const { channel, streamKey } = await client.send(commandOf(CreateChannelCommand, inputOf(properties)));
        await client.send(new DeleteStreamKeyCommand({ arn: required(streamKey?.arn, 'the stream key') }));
        const Arn = required(channel?.arn, 'the ARN');
        return { physicalId: Arn, attributes: { Arn, IngestEndpoint: required(channel?.ingestEndpoint, 'the ingest endpoint'), PlaybackUrl: required(channel?.playbackUrl, 'the playback URL') } };
      },
    },
    {
      type: 'AWS::IVS::StreamKey',
      properties: enforced('ChannelArn', 'Tags'),
      create: async (properties) => {
        const { streamKey } = await client.send(commandOf(CreateStreamKeyCommand, inputOf(properties)));
        const Arn = required(streamKey?.arn, 'the ARN');
        return { physicalId: Arn, attributes: { Arn, Value: required(streamKey?.value, 'the value') } };
      },
    },
    {
      type: 'AWS::IVS::PlaybackKeyPair',
      properties: enforced('Name', 'PublicKeyMaterial', 'Tags'),
      create: async (properties) => {
        const { keyPair } = await client.send(commandOf(ImportPlaybackKeyPairCommand, inputOf(properties)));
        const Arn = required(keyPair?.arn, 'the ARN');
        return { physicalId: Arn, attributes: { Arn, Fingerprint: required(keyPair?.fingerprint, 'the fingerprint') } };
      },
    },
    {
      type: 'AWS::IVS::RecordingConfiguration',
      properties: enforced('Name', 'DestinationConfiguration', 'RecordingReconnectWindowSeconds', 'RenditionConfiguration', 'ThumbnailConfiguration', 'Tags'),
      create: async (properties) => {
        const { recordingConfiguration } = await client.send(commandOf(CreateRecordingConfigurationCommand, inputOf(properties)));
        const arn = required(recordingConfiguration?.arn, 'the ARN');
        await waitUntilActive(client, arn);
        return { physicalId: arn, attributes: { Arn: arn, State: 'ACTIVE' } };
      },
    },
  ];
};

const waitUntilActive = (client: IvsClient, arn: string): Promise<void> =>
  waitFor(`recording configuration ${arn} to be created`, async () => {
    const { recordingConfiguration } = await client.send(new GetRecordingConfigurationCommand({ arn }));
    if (recordingConfiguration?.state === 'CREATE_FAILED') throw new Error(`recording configuration ${arn} could not be created: is its bucket there, in this Region?`);
    return recordingConfiguration?.state === 'ACTIVE';
  });
