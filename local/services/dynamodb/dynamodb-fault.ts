/** An answer of DynamoDB that is an error, as it goes over the wire. */
export class DynamoDbFault extends Error {
  readonly statusCode: number;
  readonly body: Readonly<Record<string, unknown>>;

  constructor(statusCode: number, body: Readonly<Record<string, unknown>>, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'DynamoDbFault';
    this.statusCode = statusCode;
    this.body = body;
  }

  /** The exception's name without its namespace: `ConditionalCheckFailedException`. */
  get code(): string {
    const type = this.body['__type'];
    return typeof type === 'string' ? (type.split('#').at(-1) ?? '') : '';
  }
}

const modelled = 'com.amazonaws.dynamodb.v20120810';

/** The request is wrong in itself. */
export const validationFault = (message: string): DynamoDbFault =>
  new DynamoDbFault(400, { __type: 'com.amazon.coral.validate#ValidationException', message }, message);

/** One of the service's modelled exceptions. */
export const modelledFault = (name: string, message: string, members: Readonly<Record<string, unknown>> = {}): DynamoDbFault =>
  new DynamoDbFault(400, { __type: `${modelled}#${name}`, message, ...members }, message);

/** An operation that exists on AWS and not here. */
export const unsupportedFault = (operation: string): DynamoDbFault => {
  const message = `DynamoDB ${operation} is not available in local mode`;
  return new DynamoDbFault(501, { __type: 'com.amazon.coral.service#UnknownOperationException', message }, message);
};
