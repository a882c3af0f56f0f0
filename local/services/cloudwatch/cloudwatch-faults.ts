import { InvalidParameterCombinationException, InvalidParameterValueException, ValidationException } from '@aws-sdk/client-cloudwatch';

/** A member has a value that it must not have. */
export const invalidValue = (message: string): InvalidParameterValueException => new InvalidParameterValueException({ message, $metadata: {} });

/** Members do not go together. */
export const invalidCombination = (message: string): InvalidParameterCombinationException => new InvalidParameterCombinationException({ message, $metadata: {} });

/** A query of GetMetricData is wrong; `ValidationError` on the wire of the query protocol. */
export const validationError = (message: string): ValidationException => new ValidationException({ message, $metadata: {} });
