import type * as sdk from '@aws-sdk/client-ivs';
import { HeadBucketCommand, S3Client } from '@aws-sdk/client-s3';
import type { Operations } from '../../../gateway/define-service.ts';
import { silentLogger } from '../../../media/processes/silent-logger.ts';
import { arnOf, idOf, randomLetters } from '../arns.ts';
import { onResource, resourceOf, type ControlPlane } from '../control-plane.ts';
import { conflict, overQuota } from '../faults.ts';
import { quotas } from '../limits.ts';
import { pageOf } from '../page-of.ts';
import type { RecordingConfigurationRecord } from '../records.ts';
import { readConfiguration } from './read-configuration.ts';

/** How long a configuration is CREATING: AWS says "a few seconds", and prepares its access to the bucket meanwhile. */
const creationMilliseconds = 5000;

/** Operations on recording configurations, which never change. Each is ACTIVE once its bucket was found, else CREATE_FAILED. */
export const configurationOperations = (plane: ControlPlane): Operations<typeof sdk> => {
  const { records, owner, clock, scale } = plane;
  const existing = (arn: string): RecordingConfigurationRecord => resourceOf(records.recordingConfigurations, 'recording-configuration', arn);
  const create = async (configuration: RecordingConfigurationRecord): Promise<void> => {
    const isThere = await hasBucket(plane, configuration.bucketName);
    await clock.sleep(scale.scaled(creationMilliseconds));
    if (records.recordingConfigurations.get(configuration.id) === undefined) return;
    records.recordingConfigurations.put(configuration.id, { ...configuration, state: isThere ? 'ACTIVE' : 'CREATE_FAILED' });
  };

  return {
    CreateRecordingConfiguration: {
      permissions: (_, caller) => [{ action: 'ivs:CreateRecordingConfiguration', resources: [arnOf(caller, 'recording-configuration')] }],
      handle: (input) => {
        if ([...records.recordingConfigurations.values()].length >= quotas.recordingConfigurations) throw overQuota('recording configurations', quotas.recordingConfigurations);
        const configuration: RecordingConfigurationRecord = { id: randomLetters(12), state: 'CREATING', ...readConfiguration(input) };
        records.recordingConfigurations.put(configuration.id, configuration);
        void create(configuration);
        return { recordingConfiguration: configurationShown(configuration, plane) };
      },
    },
    GetRecordingConfiguration: { permissions: onResource('GetRecordingConfiguration'), handle: ({ arn }) => ({ recordingConfiguration: configurationShown(existing(arn), plane) }) },
    ListRecordingConfigurations: {
      permissions: (_, caller) => [{ action: 'ivs:ListRecordingConfigurations', resources: [arnOf(caller, 'recording-configuration')] }],
      handle: (page) => {
        const { items, next } = pageOf([...records.recordingConfigurations.values()], page);
        return { recordingConfigurations: items.map((one) => configurationShown(one, plane)), ...next };
      },
    },
    DeleteRecordingConfiguration: {
      permissions: onResource('DeleteRecordingConfiguration'),
      handle: ({ arn }) => {
        existing(arn);
        const users = [...records.channels.values()].filter(({ recordingConfigurationArn }) => recordingConfigurationArn === arn).map(({ id }) => arnOf(owner, 'channel', id));
        if (users.length > 0) throw conflict(`recording configuration ${arn} is used by ${users.join(', ')}: take it from these channels first`);
        records.recordingConfigurations.delete(idOf(arn));
        return {};
      },
    },
  };
};

/** A recording configuration as it is described. */
export const configurationShown = ({ id, name, state, bucketName, reconnectWindowSeconds, thumbnails, renditions, tags }: RecordingConfigurationRecord, { owner }: Pick<ControlPlane, 'owner'>): sdk.RecordingConfiguration => ({
  arn: arnOf(owner, 'recording-configuration', id), name, state, tags: { ...tags }, destinationConfiguration: { s3: { bucketName } },
  recordingReconnectWindowSeconds: reconnectWindowSeconds, thumbnailConfiguration: thumbnails, renditionConfiguration: renditions,
});

const hasBucket = async ({ clientSettings }: ControlPlane, Bucket: string): Promise<boolean> => {
  const client = new S3Client({ ...clientSettings(), forcePathStyle: true, logger: silentLogger });
  try {
    await client.send(new HeadBucketCommand({ Bucket }));
    return true;
  } catch {
    return false;
  } finally {
    client.destroy();
  }
};
