import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { framesPerSecond, ladders, type Ladder } from '../config/ladders.ts';
import type { PipelineConfiguration, StageConfiguration } from '../config/stage-configuration.ts';
import { importedArnOf } from '../constructs/foundation/imported-arn.ts';
import type { ViewerEdge } from '../constructs/foundation/viewer-edge.ts';
import { ChannelRole } from '../constructs/pro-pipeline/channel-role.ts';
import { Delivery } from '../constructs/pro-pipeline/delivery.ts';
import { encodedOutputs } from '../constructs/pro-pipeline/encoder-settings.ts';
import { Ingest } from '../constructs/pro-pipeline/ingest.ts';
import { channelClass, inputSpecificationOf, LiveChannel } from '../constructs/pro-pipeline/live-channel.ts';
import { Packaging, segmentSeconds, windowSeconds } from '../constructs/pro-pipeline/packaging.ts';
import { Registration } from '../constructs/pro-pipeline/registration.ts';
import { tagAll, tagKeys } from '../constructs/tags.ts';

export interface ProPipelineStackProps extends StackProps {
  readonly configuration: StageConfiguration;
  readonly pipeline: PipelineConfiguration;
  readonly archive: Bucket;
  readonly accessLogs: Bucket;
  readonly edge: ViewerEdge;
}

/** The name of a pipeline's only input. */
const inputName = 'main';

const outputsOf = (ladder: Ladder) =>
  encodedOutputs(ladder).map(({ outputName, rung }) => ({
    name: outputName,
    codec: 'AVC' as const,
    widthPixels: rung.widthPixels,
    heightPixels: rung.heightPixels,
    bitsPerSecond: rung.videoBitsPerSecond,
    framesPerSecond,
  }));

/** One Pro pipeline: MediaLive → MediaPackage → CloudFront, and the archive. Exports nothing, so that it goes alone. */
export class ProPipelineStack extends Stack {
  private readonly ladder: Ladder;
  /** Every object that the channel archives begins with this. */
  private readonly archiveKeyPrefix: string;
  private readonly props: ProPipelineStackProps;

  constructor(scope: Construct, id: string, props: ProPipelineStackProps) {
    super(scope, id, props);
    this.props = props;
    const { pipeline, configuration, accessLogs, edge } = props;
    this.ladder = ladders[pipeline.ladder];
    this.archiveKeyPrefix = `${pipeline.id}/show`;
    const name = `${configuration.stage}-${pipeline.id}`;
    const ingest = new Ingest(this, 'Ingest', { name: `${name}-${inputName}`, allowedSources: pipeline.allowedSources });
    const packaging = new Packaging(this, 'Packaging', { name });
    const live = this.defineChannel(name, ingest, packaging);
    const delivery = new Delivery(this, 'Delivery', { pipelineId: pipeline.id, packagerUrl: packaging.hls.attrUrl, edge, accessLogs, delivery: configuration.delivery });
    this.register(ingest, live, packaging, delivery);
    tagAll(this, { [tagKeys.pipeline]: pipeline.id });
  }

  private defineChannel(name: string, { input }: Ingest, { channel: packager }: Packaging): LiveChannel {
    const { archive } = this.props;
    const { role } = new ChannelRole(this, 'ChannelRole', { packager, archiveBucketArn: importedArnOf(archive), archiveKeyPrefix: this.archiveKeyPrefix });
    const archiveUrl = `s3ssl://${archive.bucketName}/${this.archiveKeyPrefix}`;
    return new LiveChannel(this, 'Live', { name, ladder: this.ladder, input, inputName, packager, archiveUrl, role });
  }

  private register({ input }: Ingest, { channel }: LiveChannel, packaging: Packaging, { distribution, baseUrl }: Delivery): void {
    const { pipeline, configuration, archive } = this.props;
    new Registration(this, 'Registration', {
      stage: configuration.stage,
      registration: {
        schemaVersion: 1,
        pipelineId: pipeline.id,
        name: pipeline.name,
        kind: pipeline.kind,
        region: this.region,
        ...(pipeline.accountId !== undefined && { accountId: pipeline.accountId }),
        channel: {
          id: channel.ref,
          arn: channel.attrArn,
          class: channelClass,
          inputs: [{ id: input.ref, name: inputName, type: 'RTMP_PUSH' }],
          inputClass: inputSpecificationOf(this.ladder),
          outputs: outputsOf(this.ladder),
        },
        packaging: {
          channelId: packaging.channel.ref,
          endpoints: [{ format: 'HLS', endpointId: packaging.hls.ref, originUrl: packaging.hls.attrUrl, segmentSeconds, windowSeconds }],
        },
        delivery: { distributionId: distribution.distributionId, baseUrl },
        archive: { bucket: archive.bucketName, keyPrefix: this.archiveKeyPrefix },
      },
    });
  }
}
