import {
  RecordingMode, RenditionConfigurationRendition, RenditionConfigurationRenditionSelection, ThumbnailConfigurationResolution, ThumbnailConfigurationStorage, type CreateRecordingConfigurationRequest, type RenditionConfiguration, type ThumbnailConfiguration,
} from '@aws-sdk/client-ivs';
import { findUnsupported } from '../../../media/declared-properties.ts';
import { integerWithin, nameFrom, oneOf, tagsFrom } from '../checks.ts';
import { invalid } from '../faults.ts';
import type { RecordingConfigurationRecord } from '../records.ts';
import { recordingProperties } from './recording-properties.ts';

/** What a recording configuration declares. @throws ValidationException naming what cannot be */
export const readConfiguration = (input: CreateRecordingConfigurationRequest): Omit<RecordingConfigurationRecord, 'id' | 'state'> => {
  const problems = findUnsupported(recordingProperties, input);
  if (problems.length > 0) throw invalid(problems.map(({ elementPath, message }) => `${elementPath}: ${message}`).join('; '));
  const bucketName = input.destinationConfiguration?.s3?.bucketName ?? '';
  if (!/^[a-z0-9-.]{3,63}$/.test(bucketName)) throw invalid(`destinationConfiguration.s3.bucketName ${JSON.stringify(bucketName)}: expected the name of a bucket`);
  return {
    name: nameFrom(input.name), bucketName, tags: tagsFrom(input.tags),
    reconnectWindowSeconds: integerWithin('recordingReconnectWindowSeconds', input.recordingReconnectWindowSeconds, [0, 300], 0),
    thumbnails: readThumbnails(input.thumbnailConfiguration),
    renditions: readRenditions(input.renditionConfiguration),
  };
};

const readThumbnails = ({ recordingMode, targetIntervalSeconds, resolution, storage = ['SEQUENTIAL'] }: ThumbnailConfiguration = {}): ThumbnailConfiguration => {
  const mode = oneOf('thumbnailConfiguration.recordingMode', recordingMode, RecordingMode, 'INTERVAL');
  if (mode === 'DISABLED') return { recordingMode: mode };
  for (const one of storage) oneOf('thumbnailConfiguration.storage', one, ThumbnailConfigurationStorage, 'SEQUENTIAL');
  return {
    recordingMode: mode, storage,
    targetIntervalSeconds: integerWithin('thumbnailConfiguration.targetIntervalSeconds', targetIntervalSeconds, [1, 60], 60),
    ...(resolution === undefined ? {} : { resolution: oneOf('thumbnailConfiguration.resolution', resolution, ThumbnailConfigurationResolution, resolution) }),
  };
};

const readRenditions = ({ renditionSelection, renditions = [] }: RenditionConfiguration = {}): RenditionConfiguration => {
  const selection = oneOf('renditionConfiguration.renditionSelection', renditionSelection, RenditionConfigurationRenditionSelection, 'ALL');
  for (const one of renditions) oneOf('renditionConfiguration.renditions', one, RenditionConfigurationRendition, one);
  if (selection === 'CUSTOM' && renditions.length === 0) throw invalid('renditionConfiguration.renditions is empty: CUSTOM needs at least one; name some, or choose ALL or NONE');
  return { renditionSelection: selection, renditions: selection === 'CUSTOM' ? renditions : [] };
};
