import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { LoggingConfig } from '@aws-sdk/client-cloudfront';
import type { ClientSettings } from '../../runtime/ports.ts';
import type { LogTarget, PutLogFile } from './log-delivery.ts';

/** Where a distribution's logging configuration sends its logs; undefined = it has none. The bucket comes as its domain name. */
export const logTarget = (logging: LoggingConfig | undefined): LogTarget | undefined => {
  if (logging?.Enabled !== true || logging.Bucket === undefined || logging.Bucket === '') return undefined;
  const [bucket = ''] = logging.Bucket.split(/\.s3[.-]/);
  const prefix = logging.Prefix ?? '';
  return { bucket, prefix: prefix === '' || prefix.endsWith('/') ? prefix : `${prefix}/` };
};

/** Puts log files through S3's API, as CloudFront's own delivery does. */
export const createS3LogFiles = (clientSettings: () => ClientSettings): { readonly put: PutLogFile; close(): void } => {
  let client: S3Client | undefined;
  return {
    put: async ({ bucket, key, body }) => {
      client ??= new S3Client({ ...clientSettings(), forcePathStyle: true });
      await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, ContentType: 'application/x-gzip' }));
    },
    close: () => client?.destroy(),
  };
};
