import type { ServerResponse } from 'node:http';
import type { Permission, RawService } from '../../gateway/service.ts';
import type { Clock } from '../../runtime/clock.ts';
import type { EventSink } from '../../runtime/ports.ts';
import type { StateStore } from '../../runtime/state/collection.ts';
import { requireBucketPolicy } from './bucket-policy.ts';
import { handleBucketRequest } from './bucket-operations.ts';
import { errorAnswer, parseRequest, sendAnswer, type S3Answer, type S3Request } from './http/s3-request.ts';
import { handleListRequest } from './list-objects.ts';
import { handleUploadRequest } from './multipart-uploads.ts';
import { objectEvents, type ObjectEvents } from './object-events.ts';
import { handleTagRequest } from './object-tags.ts';
import { openObjectStore, type ObjectStore } from './objects/object-store.ts';
import { sendObject } from './read-object.ts';
import { servedOperations } from './served-operations.ts';
import { S3Error } from './s3-error.ts';
import { copyObject, deleteObject, deleteObjects, putObject } from './write-object.ts';

/** What the service is made from. */
export interface S3ServiceDeps {
  readonly state: StateStore;
  /** Where objects' bytes are kept. */
  readonly folder: string;
  readonly clock: Clock;
  readonly events: EventSink;
}

const handleObjectWrite = async (request: S3Request, store: ObjectStore, events: ObjectEvents): Promise<S3Answer | undefined> => {
  const { method, key, query, http } = request;
  if (method === 'POST' && key === '' && query.has('delete')) return deleteObjects(request, store, events);
  if (key === '') return undefined;
  if (method === 'PUT') return http.headers['x-amz-copy-source'] === undefined ? putObject(request, store, events) : copyObject(request, store, events);
  if (method === 'DELETE') return deleteObject(request, store, events);
  return undefined;
};

/**
 * S3, as far as the platform and its templates need it, in path style: buckets with their configurations, objects,
 * ranges and conditions, copies, uploads in parts, and events of buckets that send them to EventBridge.
 */
export const createS3Service = ({ state, folder, clock, events: sink }: S3ServiceDeps): RawService => {
  const store = openObjectStore(state, folder, clock);
  const events = objectEvents(store, sink, () => clock.now());
  const answer = async (request: S3Request, response: ServerResponse): Promise<void> => {
    if (request.key !== '' && (request.method === 'GET' || request.method === 'HEAD') && request.query.get('uploadId') === null && !request.query.has('tagging')) {
      await sendObject(request, response, store);
      return;
    }
    const found =
      (await handleTagRequest(request, store)) ??
      (await handleUploadRequest(request, store, events)) ??
      (await handleObjectWrite(request, store, events)) ??
      (await handleBucketRequest(request, store, clock.now())) ??
      handleListRequest(request, store);
    if (!found) throw new S3Error('NotImplemented', 501, `${request.method} of ${request.http.url ?? '/'} is not implemented.`);
    sendAnswer(response, found, request.context.requestId, request.method === 'HEAD');
  };
  return {
    kind: 'raw',
    signingName: 's3',
    operations: servedOperations,
    handle: async (http, response, context, authorise) => {
      try {
        const request = parseRequest(http, context, authorise);
        const { principal } = context;
        const asked = principal.kind === 'service' ? { ...request, authorise: (permission: Permission) => requireBucketPolicy(store, request.bucket, principal, permission) } : request;
        await answer(asked, response);
      } catch (error) {
        if (!(error instanceof S3Error)) throw error;
        if (response.headersSent) response.destroy();
        else sendAnswer(response, errorAnswer(error, http.url ?? '/', context.requestId), context.requestId, http.method === 'HEAD');
      }
    },
  };
};
