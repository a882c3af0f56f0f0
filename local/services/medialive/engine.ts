import { DescribeChannelCommand, MediaPackageClient } from '@aws-sdk/client-mediapackage';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../../runtime/clock.ts';
import type { EventSink, MetricSink, RoleSessions } from '../../runtime/ports.ts';
import type { ResourceOwner } from '../../runtime/resource-owner.ts';
import type { RtpCounters } from '../../media/rtp/receiving.ts';
import { ArchiveUploader } from './archive/archive-uploader.ts';
import { arnOf } from './arns.ts';
import type { ChannelRecord, MediaLiveRecords } from './records.ts';
import { AlertBoard } from './run/alert-board.ts';
import { alertTypes } from './run/alert-types.ts';
import { ChannelRun } from './run/channel-run.ts';
import type { IngestTarget } from './run/ingest-client.ts';
import { findLossImage } from './run/loss-image.ts';
import type { RelayFactory } from './run/pipeline-run.ts';
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
  readonly createRelay: RelayFactory;
  /** What an RTP endpoint has received; `undefined` where the input has none. */
  readonly rtpCounters: (inputId: string, source: number) => RtpCounters | undefined;
}

const servicePrincipal = 'medialive.amazonaws.com';

/** The channels that run now. */
export class Engine {
  readonly #options: EngineOptions;
  readonly #runs = new Map<string, ChannelRun>();
  readonly #alerts = new Map<string, AlertBoard>();
  readonly #uploader: ArchiveUploader;

  constructor(options: EngineOptions) {
    this.#options = options;
    const { roles, clock, records } = options;
    this.#uploader = new ArchiveUploader({
      roles, clock, pending: records.uploads,
      listener: {
        uploaded: ({ channelId, file, pipeline }, bytes) => {
          this.#runs.get(channelId)?.sent(bytes, pipeline);
          this.#alerts.get(channelId)?.ofPipeline(String(pipeline)).clear(alertTypes.outputNotFinalised, file);
        },
        failed: ({ channelId, file, pipeline, bucket, key }, reason) =>
          this.#runs.get(channelId)?.alerts.ofPipeline(String(pipeline)).raise(alertTypes.outputNotFinalised, file, `s3://${bucket}/${key}: ${reason}`),
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

  /** The alerts of a channel since this process began; `undefined` where it has not run. */
  alerts(channelId: string): AlertBoard | undefined {
    return this.#alerts.get(channelId);
  }

  /** Begins a run, which takes no input until it is started. `onHealth` is told when a pipeline fails or produces again. */
  begin(channel: ChannelRecord, onHealth: () => void): ChannelRun {
    const { owner, clock, events, records, roles } = this.#options;
    const read = readChannelPlan(channel.declaration);
    if ('problems' in read) throw unprocessable(read.problems);
    const { plan } = read;
    const channelArn = arnOf(owner, 'channel', channel.id);
    const alerts = this.#alerts.get(channel.id) ?? new AlertBoard(events, clock, channelArn);
    this.#alerts.set(channel.id, alerts);
    const workFolder = join(this.#workFolder(), `${channel.id}-${clock.now()}`);
    const upload = { roleArn: plan.roleArn, channelId: channel.id };
    const run = new ChannelRun({
      ...this.#options, channelId: channel.id, channelArn, plan, alerts, onHealth, workFolder,
      inputKind: records.inputs.get(plan.inputs[0]?.inputId ?? '')?.type ?? 'RTMP_PUSH',
      spoolFolder: this.#spoolFolder(),
      findTarget: (id, ingestEndpoint) => this.#findTarget(plan.roleArn, channel.id, id, ingestEndpoint),
      findLossImage: () => findLossImage({ image: plan.inputLoss.image, folder: workFolder, settings: () => roles.assume(plan.roleArn, servicePrincipal, `channel-${channel.id}`), onMissing: (reason) => {
        for (let pipeline = 0; pipeline < plan.pipelineCount; pipeline += 1) alerts.ofPipeline(String(pipeline)).raise(alertTypes.inputImageMissing, 'slate', reason);
      } }),
      archive: {
        expect: (object) => this.#uploader.expect({ ...upload, ...object }),
        upload: (object) => this.#uploader.upload({ ...upload, ...object }),
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
  async #findTarget(roleArn: string, channelId: string, mediaPackageChannelId: string, ingestEndpoint: number): Promise<IngestTarget> {
    const client = new MediaPackageClient(this.#options.roles.assume(roleArn, servicePrincipal, `channel-${channelId}`));
    try {
      const { HlsIngest } = await client.send(new DescribeChannelCommand({ Id: mediaPackageChannelId }));
      const { Url: url, Username: username = '', Password: password = '' } = HlsIngest?.IngestEndpoints?.[ingestEndpoint] ?? {};
      if (url === undefined) throw new Error(`MediaPackage channel ${mediaPackageChannelId} has no ingest endpoint ${ingestEndpoint}`);
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
