/** An error that an AWS service answers but its SDK does not model (such as `ValidationException` of most services). */
export class ServiceFault extends Error {
  override readonly name: string;
  readonly statusCode: number;

  /** `code` is the error's wire name, `statusCode` 400 where AWS does not say otherwise. */
  constructor(code: string, message: string, statusCode = 400) {
    super(message);
    this.name = code;
    this.statusCode = statusCode;
  }
}
