const objectOperations = ['GetObject', 'HeadObject', 'PutObject', 'CopyObject', 'DeleteObject', 'DeleteObjects', 'ListObjectsV2'];

const tagOperations = ['GetObjectTagging', 'PutObjectTagging', 'DeleteObjectTagging'];

const uploadOperations = ['CreateMultipartUpload', 'UploadPart', 'CompleteMultipartUpload', 'AbortMultipartUpload'];

const bucketOperations = ['ListBuckets', 'CreateBucket', 'HeadBucket', 'GetBucketLocation', 'DeleteBucket'];

const configurationOperations = [
  ...['GetBucketPolicy', 'PutBucketPolicy', 'DeleteBucketPolicy'],
  ...['GetPublicAccessBlock', 'PutPublicAccessBlock', 'DeletePublicAccessBlock'],
  ...['GetBucketOwnershipControls', 'PutBucketOwnershipControls', 'DeleteBucketOwnershipControls'],
  ...['GetBucketLifecycleConfiguration', 'PutBucketLifecycleConfiguration', 'DeleteBucketLifecycle'],
  ...['GetBucketEncryption', 'PutBucketEncryption', 'DeleteBucketEncryption'],
  ...['GetBucketTagging', 'PutBucketTagging', 'DeleteBucketTagging'],
  ...['GetBucketNotificationConfiguration', 'PutBucketNotificationConfiguration'],
  ...['GetBucketVersioning', 'PutBucketVersioning'],
];

/** S3 tells operations by method and query: these are the API's names of those that are served. */
export const servedOperations: readonly string[] = [...objectOperations, ...tagOperations, ...uploadOperations, ...bucketOperations, ...configurationOperations];
