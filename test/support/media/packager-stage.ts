import { CreateChannelCommand, CreateOriginEndpointCommand, MediaPackageClient, type CreateChannelCommandOutput, type CreateOriginEndpointCommandInput, type CreateOriginEndpointCommandOutput } from '@aws-sdk/client-mediapackage';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { operatorIdentity } from '../../../local/gateway/authentication/identities.ts';
import { createGateway } from '../../../local/gateway/gateway.ts';
import { writeMediaPlaylist } from '../../../local/media/hls/media-playlist.ts';
import { writeMultivariantPlaylist } from '../../../local/media/hls/multivariant-playlist.ts';
import { systemClock, type Clock } from '../../../local/runtime/clock.ts';
import type { MetricObservation, RoleSessions, ServiceEvent } from '../../../local/runtime/ports.ts';
import { memoryStateStore } from '../../../local/runtime/state/collection.ts';
import { IngestClient } from '../../../local/services/medialive/run/ingest-client.ts';
import { createMediaPackageService } from '../../../local/services/mediapackage/mediapackage-service.ts';
import { chunkMilliseconds, type EncodedRung } from './encoded-chunks.ts';
import { owner } from './media-stage.ts';

/** MediaPackage alone, with one channel, and with a clock that a test sets (or the one that it is given). */
export interface PackagerStage {
  readonly client: MediaPackageClient;
  readonly events: readonly ServiceEvent[];
  readonly metrics: readonly MetricObservation[];
  readonly channel: CreateChannelCommandOutput;
  readonly folder: string;
  /** Milliseconds since the epoch. */
  now: number;
  endpoint(id: string, packaging: Partial<CreateOriginEndpointCommandInput>): Promise<CreateOriginEndpointCommandOutput>;
  /** An encoder at ingest endpoint 0 or 1. */
  encoder(input: number, rungs: readonly EncodedRung[], startedAt?: number): ChunkEncoder;
  close(): Promise<void>;
}

/** Pushes a ladder's chunks, as a channel's output does. */
export interface ChunkEncoder {
  /** Puts the multivariant playlist. */
  begin(): Promise<void>;
  /** Puts chunks of every rung, each with its playlist. The stage's clock is moved to each one's end. */
  push(from: number, to: number, change?: { readonly isDiscontinuous?: boolean }): Promise<void>;
  end(): Promise<void>;
}

export const showStart = Date.UTC(2026, 0, 1, 12);

/** No role may be assumed. */
const noRoles: RoleSessions = { assume: (roleArn) => { throw new Error(`role ${roleArn} does not exist`); } };

export const startPackagerStage = async ({ clock, roles = noRoles }: { readonly clock?: Clock; readonly roles?: RoleSessions } = {}): Promise<PackagerStage> => {
  const folder = mkdtempSync(join(tmpdir(), 'packager-stage-'));
  const stage = { now: showStart };
  const setClock: Clock = { now: () => stage.now, sleep: (_, signal) => new Promise((resolve) => signal?.addEventListener('abort', () => resolve())) };
  const events: ServiceEvent[] = [];
  const metrics: MetricObservation[] = [];
  const service = createMediaPackageService({
    state: memoryStateStore(), clock: clock ?? setClock, owner, mediaFolder: folder, events: { emit: (event) => void events.push(event) }, metrics: { record: (observation) => void metrics.push(observation) },
    roles,
  });
  const gateway = createGateway({
    services: [service.service], access: { identity: () => operatorIdentity, denial: () => undefined },
    clock: systemClock, logger: { error: (message, details) => console.error(message, details) }, ...owner,
  });
  const { url } = await gateway.listen();
  await service.start();
  const { accessKeyId, secretAccessKey } = operatorIdentity;
  const client = new MediaPackageClient({ region: owner.region, endpoint: url, credentials: { accessKeyId, secretAccessKey } });
  const channel = await client.send(new CreateChannelCommand({ Id: 'stage' }));
  return Object.assign(stage, {
    client, events, metrics, channel, folder,
    endpoint: (id: string, packaging: Partial<CreateOriginEndpointCommandInput>) => client.send(new CreateOriginEndpointCommand({ Id: id, ChannelId: 'stage', ...packaging })),
    encoder: (input: number, rungs: readonly EncodedRung[], startedAt = showStart) => {
      const { Url = '', Username = '', Password = '' } = channel.HlsIngest!.IngestEndpoints![input]!;
      return chunkEncoder(new IngestClient({ url: Url, username: Username, password: Password }), rungs, startedAt, stage);
    },
    close: async () => {
      client.destroy();
      await gateway.close();
      await service.close();
      rmSync(folder, { recursive: true, force: true });
    },
  });
};

const chunkEncoder = (client: IngestClient, rungs: readonly EncodedRung[], startedAt: number, stage: { now: number }): ChunkEncoder => {
  const pushed: { readonly index: number; readonly isDiscontinuous: boolean }[] = [];
  const playlist = (rung: number, hasEnded: boolean) => Buffer.from(writeMediaPlaylist({
    mediaSequence: Math.max(0, pushed.length - 10), targetDurationSeconds: 2, hasEnded,
    segments: pushed.slice(-10).map(({ index, isDiscontinuous }) => ({
      uri: `channel_${rung + 1}_${index}.ts`, durationMilliseconds: chunkMilliseconds, programDateTime: startedAt + index * chunkMilliseconds, isDiscontinuous,
    })),
  }));
  return {
    begin: () => client.put('.m3u8', Buffer.from(writeMultivariantPlaylist(rungs.map(({ width, height, bitsPerSecond, codecs }, index) => ({
      uri: `channel_${index + 1}.m3u8`, bandwidth: bitsPerSecond * 2, averageBandwidth: bitsPerSecond, widthPixels: width, heightPixels: height, framesPerSecond: 30, codecs,
    }))))),
    push: async (from, to, { isDiscontinuous = false } = {}) => {
      for (let index = from; index < to; index += 1) {
        stage.now = Math.max(stage.now, startedAt + (index + 1) * chunkMilliseconds);
        pushed.push({ index, isDiscontinuous: isDiscontinuous && index === from });
        for (const [rung, { chunks }] of rungs.entries()) {
          await client.put(`_${rung + 1}_${index}.ts`, new Uint8Array(chunks[index % chunks.length]!));
          await client.put(`_${rung + 1}.m3u8`, playlist(rung, false));
        }
      }
    },
    end: async () => {
      for (const rung of rungs.keys()) await client.put(`_${rung + 1}.m3u8`, playlist(rung, true));
    },
  };
};
