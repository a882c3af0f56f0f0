import { createHash } from 'node:crypto';
import type { EventSink } from '../../runtime/ports.ts';
import type { S3Request } from './http/s3-request.ts';
import type { ObjectRecord, ObjectStore } from './objects/object-store.ts';

/** Tells EventBridge of objects in buckets that have it switched on. Shapes: "EventBridge event message structure", S3 user guide. */
export interface ObjectEvents {
  created(request: S3Request, object: ObjectRecord, reason: 'PutObject' | 'CopyObject' | 'CompleteMultipartUpload'): void;
  deleted(request: S3Request, bucket: string, key: string): void;
}

/** Orders events of one key. */
const sequencerOf = (milliseconds: number, key: string): string =>
  `${milliseconds.toString(16).padStart(12, '0')}${createHash('sha256').update(key).digest('hex').slice(0, 4)}`.toUpperCase();

/** Object events of the buckets in the store. */
export const objectEvents = (store: ObjectStore, events: EventSink, now: () => number): ObjectEvents => {
  const emit = (request: S3Request, bucket: string, detailType: string, object: Readonly<Record<string, unknown>>, rest: Readonly<Record<string, unknown>>): void => {
    if (!store.buckets.get(bucket)?.configurations['notification']?.includes('EventBridgeConfiguration')) return;
    const detail = {
      version: '0',
      bucket: { name: bucket },
      object,
      'request-id': request.context.requestId,
      requester: request.context.accountId,
      'source-ip-address': request.http.socket.remoteAddress ?? '127.0.0.1',
      ...rest,
    };
    events.emit({ source: 'aws.s3', detailType, resources: [`arn:aws:s3:::${bucket}`], detail });
  };
  return {
    created: (request, { bucket, key, bytes, etag }, reason) =>
      emit(request, bucket, 'Object Created', { key, size: bytes, etag: etag.replaceAll('"', ''), sequencer: sequencerOf(now(), key) }, { reason }),
    deleted: (request, bucket, key) =>
      emit(request, bucket, 'Object Deleted', { key, sequencer: sequencerOf(now(), key) }, { reason: 'DeleteObject', 'deletion-type': 'Permanently Deleted' }),
  };
};
