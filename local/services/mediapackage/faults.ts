import { NotFoundException, UnprocessableEntityException } from '@aws-sdk/client-mediapackage';

/** 422: the answer to a duplicate id, to a resource in use, and to what cannot be honoured. */
export const unprocessable = (message: string): UnprocessableEntityException => new UnprocessableEntityException({ message, Message: message, $metadata: {} });

/** 404 */
export const notFound = (kind: string, id: string): NotFoundException => {
  const message = `${kind} ${id} does not exist`;
  return new NotFoundException({ message, Message: message, $metadata: {} });
};
