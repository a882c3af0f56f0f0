import { honoured, inert, type PropertyRules } from '../../../media/declared-properties.ts';

/** What local mode does with the properties of CreateRecordingConfiguration; others are refused. */
export const recordingProperties: PropertyRules = {
  name: honoured,
  'destinationConfiguration.s3.bucketName': honoured,
  recordingReconnectWindowSeconds: { stance: 'enforced', note: 'divided by the time scale' },
  'renditionConfiguration.renditionSelection': honoured,
  'renditionConfiguration.renditions': honoured,
  thumbnailConfiguration: inert('kept and described: no thumbnails are made'),
  tags: honoured,
};
