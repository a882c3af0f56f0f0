/** Why a job ended in ERROR. The codes are MediaConvert's where it documents one for the case. */
export class JobFailure extends Error {
  override readonly name = 'JobFailure';
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

/** 1401: access denied. 1404: there is no such object. 1040: the input cannot be decoded. 1999: anything else. */
export const failureCodes = { denied: 1401, missing: 1404, unreadable: 1040, other: 1999 } as const;
