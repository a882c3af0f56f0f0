import {
  ChannelNotBroadcasting, ConflictException, ResourceNotFoundException, ServiceQuotaExceededException, ValidationException,
} from '@aws-sdk/client-ivs';

const said = (message: string) => ({ message, exceptionMessage: message, $metadata: {} });

/** 400 */
export const invalid = (message: string): ValidationException => new ValidationException(said(message));

/** 404 */
export const notFound = (arn: string): ResourceNotFoundException => new ResourceNotFoundException(said(`Resource: ${arn} not found`));

/** 404: the answer to calls on the stream of a channel that has none. */
export const notBroadcasting = (channelArn: string): ChannelNotBroadcasting => new ChannelNotBroadcasting(said(`Channel: ${channelArn} is not currently broadcasting`));

/** 409: the answer to a call that the resource's state forbids. */
export const conflict = (message: string): ConflictException => new ConflictException(said(message));

/** 402 */
export const overQuota = (what: string, most: number): ServiceQuotaExceededException =>
  new ServiceQuotaExceededException(said(`the limit of ${most} ${what} is reached: delete one, or ask for a higher limit`));
