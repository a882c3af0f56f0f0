import { DescribeChannelCommand, MediaPackageClient } from '@aws-sdk/client-mediapackage';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../../runtime/clock.ts';
import type { EventSink, MetricSink, RoleSessions } from '../../runtime/ports.ts';
import type { ResourceOwner } from '../../runtime/resource-owner.ts';
import { ArchiveUploader } from './archive/archive-uploader.ts';
import { arnOf } from './arns.ts';
import type { ChannelRecord, MediaLiveRecords } from './records.ts';
import { ChannelRun } from './run/channel-run.ts';
import type { IngestTarget } from './run/ingest-client.ts';
import { unprocessable } from './faults.ts';
import { readChannelPlan } from './settings/read-channel-plan.ts';

/** What runs of channels need of the world. */
export interface EngineOptions {
  readonly records: MediaLiveRecords;
  readonly owner: ResourceOwner;
  readonly clock: Clock;
  readonly events: EventSink;
  readonly metrics: MetricSink;
  readonly roles: RoleSessions;
  readonly ffmpegPath: string;
  readonly mediaFolder: string;
}

const servicePrincipal = 'medialive.amazonaws.com';

/** The channels that run now. */
export class Engine {
  readonly #options: EngineOptions;
  readonly #runs = new Map<string, ChannelRun>();
  readonly #uploader: ArchiveUploader;

  constructor(options: EngineOptions) {
    this.#options = options;
    const { roles, clock, records } = options;
    this.#uploader = new ArchiveUploader({
      roles, clock, pending: records.uploads,
      listener: {
        uploaded: ({ channelId, file }, bytes) => {
          this.#runs.get(channelId)?.sent(bytes);
          this.#runs.get(channelId)?.alerts.clear('Failed to Upload Archive', file);
        },
        failed: ({ channelId, file, bucket, key }, reason) => this.#runs.get(channelId)?.alerts.raise('Failed to Upload Archive', file, `s3://${bucket}/${key}: ${reason}`),
      },
    });
  }

  /** Takes up what an earlier process left: archive objects that are not uploaded yet. */
  start(): void {
    rmSync(this.#workFolder(), { recursive: true, force: true });
    mkdirSync(this.#spoolFolder(), { recursive: true });
    this.#uploader.resume();
  }

  /** The run of a channel that takes input, if there is one. */
  run(channelId: string): ChannelRun | undefined {
    return this.#runs.get(channelId);
  }

  /** Begins a run. It takes no input before the caller lets it. */
  begin(channel: ChannelRecord): ChannelRun {
    const { owner, clock, events, metrics, ffmpegPath } = this.#options;
    const read = readChannelPlan(channel.declaration);
    if ('problems' in read) throw unprocessable(read.problems);
    const { plan } = read;
    const upload = { roleArn: plan.roleArn, channelId: channel.id };
    const run = new ChannelRun({
      channelId: channel.id, channelArn: arnOf(owner, 'channel', channel.id), plan, clock, events, metrics, ffmpegPath,
      workFolder: join(this.#workFolder(), `${channel.id}-${clock.now()}`),
      spoolFolder: this.#spoolFolder(),
      findTarget: (id) => this.#findTarget(plan.roleArn, channel.id, id),
      archive: {
        expect: (file, bucket, key) => this.#uploader.expect({ ...upload, file, bucket, key }),
        upload: (file, bucket, key) => this.#uploader.upload({ ...upload, file, bucket, key }),
      },
    });
    this.#runs.set(channel.id, run);
    return run;
  }

  /** Flushes and ends a channel's run. Its outputs are complete when this resolves. */
  async end(channelId: string): Promise<void> {
    const run = this.#runs.get(channelId);
    await run?.stop();
    // Where uploads took long, the channel may run again by now.
    if (this.#runs.get(channelId) === run) this.#runs.delete(channelId);
  }

  async close(): Promise<void> {
    await this.#uploader.close();
    for (const run of this.#runs.values()) run.kill();
    this.#runs.clear();
  }

  /** As MediaLive does it: the channel's role looks the packager's ingest endpoints up. */
  async #findTarget(roleArn: string, channelId: string, mediaPackageChannelId: string): Promise<IngestTarget> {
    const client = new MediaPackageClient(this.#options.roles.assume(roleArn, servicePrincipal, `channel-${channelId}`));
    try {
      const { HlsIngest } = await client.send(new DescribeChannelCommand({ Id: mediaPackageChannelId }));
      const { Url: url, Username: username = '', Password: password = '' } = HlsIngest?.IngestEndpoints?.[0] ?? {};
      if (url === undefined) throw new Error(`MediaPackage channel ${mediaPackageChannelId} has no ingest endpoint`);
      return { url, username, password };
    } finally {
      client.destroy();
    }
  }

  #workFolder(): string {
    return join(this.#options.mediaFolder, 'medialive', 'work');
  }

  #spoolFolder(): string {
    return join(this.#options.mediaFolder, 'medialive', 'spool');
  }
}
