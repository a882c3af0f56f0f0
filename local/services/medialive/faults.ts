import { BadRequestException, ConflictException, NotFoundException, UnprocessableEntityException, type ValidationError } from '@aws-sdk/client-medialive';

const said = (message: string) => ({ message, Message: message, $metadata: {} });

/** 400 */
export const badRequest = (message: string): BadRequestException => new BadRequestException(said(message));

/** 404 */
export const notFound = (kind: string, id: string): NotFoundException => new NotFoundException(said(`${kind} ${id} does not exist`));

/** 409: the answer to a call that the resource's state forbids. */
export const conflict = (message: string): ConflictException => new ConflictException(said(message));

/** 422, with every element at fault. */
export const unprocessable = (problems: readonly { readonly elementPath: string; readonly message: string }[]): UnprocessableEntityException => {
  const validationErrors: ValidationError[] = problems.map(({ elementPath, message }) => ({ ElementPath: elementPath, ErrorMessage: message }));
  const summary = problems.map(({ elementPath, message }) => `${elementPath}: ${message}`).join('; ');
  return new UnprocessableEntityException({ ...said(summary), ValidationErrors: validationErrors });
};
