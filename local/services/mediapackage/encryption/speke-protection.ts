import { createCipheriv } from 'node:crypto';
import type { HlsEncryption } from '@aws-sdk/client-mediapackage';
import type { EventSink } from '../../../runtime/ports.ts';
import type { ResourceOwner } from '../../../runtime/resource-owner.ts';
import { arnOf } from '../arns.ts';
import type { SegmentKey, SegmentProtection } from '../delivery/segment-protection.ts';
import type { EndpointRecord } from '../endpoint-record.ts';
import type { ContentKey } from './content-key.ts';
import { KeySchedule } from './key-schedule.ts';
import { spekeClient, type SpekeDependencies } from './speke-client.ts';

/** What segments are protected with. */
export interface SpekeProtectionDependencies extends SpekeDependencies {
  readonly events: EventSink;
  readonly owner: ResourceOwner;
}

/** MediaPackage's own default. */
const defaultRotationSeconds = 60;

const numberAsBlock = (number: number): Buffer => {
  const block = Buffer.alloc(16);
  block.writeBigUInt64BE(BigInt(number), 8);
  return block;
};

/** AES-128 of whole segments (RFC 8216, section 5.2): without an explicit vector, a segment's media sequence number is its vector. */
const segmentKey = ({ key, uri, initializationVector }: ContentKey, number: number): SegmentKey => ({
  attributes: `METHOD=AES-128,URI="${uri}"${initializationVector === undefined ? '' : `,IV=0x${initializationVector.toString('hex')}`}`,
  encrypt: (segment) => {
    const cipher = createCipheriv('aes-128-cbc', key, initializationVector ?? numberAsBlock(number));
    return Buffer.concat([cipher.update(segment), cipher.final()]);
  },
});

const announce = (endpoint: EndpointRecord, { events, owner }: SpekeProtectionDependencies) => (message: string): void =>
  events.emit({
    source: 'aws.mediapackage',
    detailType: 'MediaPackage Key Provider Notification',
    resources: [arnOf(owner, 'origin_endpoints', endpoint.guid)],
    detail: { event: 'KeyProviderError', message },
  });

/** Keys of one endpoint under one version of its settings. */
interface EndpointKeys {
  readonly modifiedAt: number;
  readonly schedule: KeySchedule;
  readonly constantVector: Buffer | undefined;
}

const endpointKeys = (endpoint: EndpointRecord, encryption: HlsEncryption, dependencies: SpekeProtectionDependencies): EndpointKeys => {
  const { ResourceId: resourceId = '', RoleArn: roleArn = '', SystemIds: [systemId = ''] = [], Url: url = '' } = encryption.SpekeKeyProvider ?? {};
  const constantInitializationVector = encryption.ConstantInitializationVector;
  const server = { url, roleArn, resourceId, systemId, ...(constantInitializationVector !== undefined && { constantInitializationVector }) };
  const schedule = new KeySchedule({
    resourceId,
    rotationMilliseconds: (encryption.KeyRotationIntervalSeconds ?? defaultRotationSeconds) * 1000,
    provider: spekeClient(server, dependencies),
    clock: dependencies.clock,
    onFault: announce(endpoint, dependencies),
  });
  return { modifiedAt: endpoint.modifiedAt, schedule, constantVector: constantInitializationVector === undefined ? undefined : Buffer.from(constantInitializationVector, 'hex') };
};

/** Protects the segments of endpoints with encryption by keys from their SPEKE key servers. Nothing of theirs is ever in the clear. */
export const spekeProtection = (dependencies: SpekeProtectionDependencies): SegmentProtection => {
  const known = new Map<string, EndpointKeys>();
  const keysOf = (endpoint: EndpointRecord, encryption: HlsEncryption): EndpointKeys => {
    const found = known.get(endpoint.guid);
    if (found?.modifiedAt === endpoint.modifiedAt) return found;
    const made = endpointKeys(endpoint, encryption, dependencies);
    known.set(endpoint.guid, made);
    return made;
  };
  return {
    keyFor: async (endpoint, segment) => {
      const encryption = endpoint.hls?.Encryption;
      if (encryption === undefined) return undefined;
      const { schedule, constantVector } = keysOf(endpoint, encryption);
      const key = await schedule.keyOf(segment);
      return segmentKey(constantVector === undefined ? key : { ...key, initializationVector: constantVector }, segment.number);
    },
  };
};
