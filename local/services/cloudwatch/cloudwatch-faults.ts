import { InvalidParameterCombinationException, InvalidParameterValueException } from '@aws-sdk/client-cloudwatch';
import { ServiceFault } from '../../gateway/service-fault.ts';

/** A member has a value that it must not have. */
export const invalidValue = (message: string): InvalidParameterValueException => new InvalidParameterValueException({ message, $metadata: {} });

/** Members do not go together. */
export const invalidCombination = (message: string): InvalidParameterCombinationException => new InvalidParameterCombinationException({ message, $metadata: {} });

/** What GetMetricData answers to a wrong query; its model has no error for it. */
export const validationError = (message: string): ServiceFault => new ServiceFault('ValidationError', message);
