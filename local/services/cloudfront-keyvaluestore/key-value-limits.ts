import { ServiceQuotaExceededException, ValidationException } from '@aws-sdk/client-cloudfront-keyvaluestore';

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html#limits-keyvaluestores */
export const keyValueLimits = { keyBytes: 512, valueBytes: 1024, storeBytes: 5 * 1024 * 1024, keysInUpdate: 50 } as const;

/** Bytes of a key with its value, as they count against the store's size. */
export const pairBytes = (key: string, value: string): number => Buffer.byteLength(key) + Buffer.byteLength(value);

/** Throws ValidationException for a key or a value that the API would not take. */
export const assertPair = (key: string, value: string): void => {
  const keyBytes = Buffer.byteLength(key);
  if (keyBytes === 0 || keyBytes > keyValueLimits.keyBytes) {
    throw new ValidationException({ message: `The key has ${keyBytes} bytes, expected 1 to ${keyValueLimits.keyBytes}.`, $metadata: {} });
  }
  const valueBytes = Buffer.byteLength(value);
  if (valueBytes > keyValueLimits.valueBytes) {
    throw new ValidationException({ message: `The value of ${key} has ${valueBytes} bytes, at most ${keyValueLimits.valueBytes} are allowed.`, $metadata: {} });
  }
};

/** Throws ServiceQuotaExceededException when the store would grow beyond its limit. */
export const assertStoreSize = (totalBytes: number): void => {
  if (totalBytes > keyValueLimits.storeBytes) {
    throw new ServiceQuotaExceededException({ message: `The store would have ${totalBytes} bytes, at most ${keyValueLimits.storeBytes} are allowed.`, $metadata: {} });
  }
};
