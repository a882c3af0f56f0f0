import { BadRequestException, ConflictException, NotFoundException } from '@aws-sdk/client-mediaconvert';

const said = (message: string) => ({ message, Message: message, $metadata: {} });

/** 400 */
export const badRequest = (message: string): BadRequestException => new BadRequestException(said(message));

/** 404 */
export const notFound = (kind: string, name: string): NotFoundException => new NotFoundException(said(`${kind} ${name} does not exist`));

/** 409 */
export const conflict = (message: string): ConflictException => new ConflictException(said(message));
