/** An error of S3, as its XML answer has it. */
export class S3Error extends Error {
  override readonly name = 'S3Error';
  readonly code: string;
  readonly status: number;

  constructor(code: string, status: number, message: string) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

export const noSuchBucket = (bucket: string): S3Error => new S3Error('NoSuchBucket', 404, `The specified bucket does not exist: ${bucket}`);
export const noSuchKey = (key: string): S3Error => new S3Error('NoSuchKey', 404, `The specified key does not exist: ${key}`);
export const noSuchUpload = (): S3Error => new S3Error('NoSuchUpload', 404, 'The specified multipart upload does not exist. It may have been aborted or completed.');
