import { badRequest } from '../faults.ts';

/** An object in S3. */
export interface ObjectLocation {
  readonly bucket: string;
  readonly key: string;
}

/** The object of an `s3://` URL. Throws 400, naming the path of the setting, for anything else. */
export const locationOf = (url: string | undefined, path: string): ObjectLocation => {
  const [, bucket, key = ''] = /^s3:\/\/([a-z0-9.-]+)\/(.*)$/.exec(url ?? '') ?? [];
  if (bucket === undefined) throw badRequest(`${path}: got ${JSON.stringify(url)}, expected s3://<bucket>/<key>`);
  return { bucket, key };
};
