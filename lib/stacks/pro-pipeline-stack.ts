import { Stack, type StackProps } from 'aws-cdk-lib';
import type { IKeyGroup } from 'aws-cdk-lib/aws-cloudfront';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { ladderOf } from '../config/custom-ladder.ts';
import { failoverOf, type AutomaticFailover } from '../config/failover.ts';
import { formatsOf } from '../config/formats.ts';
import { inputSpecificationOf, type InputSpecification } from '../config/input-specification.ts';
import type { Ladder } from '../config/ladders.ts';
import type { PipelineConfiguration } from '../config/pipeline-configuration.ts';
import type { StageConfiguration } from '../config/stage-configuration.ts';
import { importedArnOf } from '../constructs/foundation/imported-arn.ts';
import type { ViewerEdge } from '../constructs/foundation/viewer-edge.ts';
import { ChannelRole } from '../constructs/pro-pipeline/channel-role.ts';
import { Delivery } from '../constructs/pro-pipeline/delivery.ts';
import { archiveRolloverSeconds } from '../constructs/pro-pipeline/encoder-settings.ts';
import { Encryption } from '../constructs/pro-pipeline/encryption.ts';
import { Ingest } from '../constructs/pro-pipeline/ingest.ts';
import { LiveChannel } from '../constructs/pro-pipeline/live-channel.ts';
import { OriginAuthorisation } from '../constructs/pro-pipeline/origin-authorisation.ts';
import { Packaging } from '../constructs/pro-pipeline/packaging.ts';
import { registeredChannel, registeredPackaging } from '../constructs/pro-pipeline/registered-pipeline.ts';
import { Registration } from '../constructs/pro-pipeline/registration.ts';
import { tagAll, tagKeys } from '../constructs/tags.ts';

export interface ProPipelineStackProps extends StackProps {
  readonly configuration: StageConfiguration;
  readonly pipeline: PipelineConfiguration;
  readonly archive: Bucket;
  readonly accessLogs: Bucket;
  readonly edge: ViewerEdge;
  /** Whose keys sign viewers' cookies; absent where the stage gives none. */
  readonly cookieKeyGroup?: IKeyGroup;
}

/** One Pro pipeline: MediaLive → MediaPackage → CloudFront, and the archive. Exports nothing, so that it goes alone. */
export class ProPipelineStack extends Stack {
  private readonly props: ProPipelineStackProps;
  private readonly ladder: Ladder;
  private readonly failover: AutomaticFailover | undefined;
  private readonly inputSpecification: InputSpecification;
  /** Every object that the channel archives begins with this. */
  private readonly archiveKeyPrefix: string;

  constructor(scope: Construct, id: string, props: ProPipelineStackProps) {
    super(scope, id, props);
    const { pipeline, configuration } = props;
    this.props = props;
    this.ladder = ladderOf(pipeline.ladder);
    this.failover = failoverOf(pipeline);
    this.inputSpecification = inputSpecificationOf(this.ladder, pipeline.inputSpecification);
    this.archiveKeyPrefix = `${pipeline.id}/show`;
    const name = `${configuration.stage}-${pipeline.id}`;
    const ingest = new Ingest(this, 'Ingest', { name, channelClass: pipeline.channelClass, inputs: pipeline.inputs });
    const packaging = this.definePackaging(name);
    const live = this.defineChannel(name, ingest, packaging);
    this.register(ingest, live, packaging, this.defineDelivery(packaging));
    tagAll(this, { [tagKeys.pipeline]: pipeline.id });
  }

  private definePackaging(name: string): Packaging {
    const { encryption, formats } = this.props.pipeline;
    return new Packaging(this, 'Packaging', {
      name,
      formats: formatsOf(this.ladder, formats),
      ...(encryption && { encryption: new Encryption(this, 'Encryption', { encryption }) }),
    });
  }

  private defineChannel(name: string, { inputs }: Ingest, { channel: packager }: Packaging): LiveChannel {
    const { archive, pipeline } = this.props;
    const { role } = new ChannelRole(this, 'ChannelRole', { packager, archiveBucketArn: importedArnOf(archive), archiveKeyPrefix: this.archiveKeyPrefix });
    return new LiveChannel(this, 'Live', {
      name,
      channelClass: pipeline.channelClass,
      ladder: this.ladder,
      inputs,
      ...(this.failover && { failover: this.failover }),
      inputSpecification: this.inputSpecification,
      packager,
      archiveUrl: `s3ssl://${archive.bucketName}/${this.archiveKeyPrefix}`,
      role,
    });
  }

  /** The distribution, the one client whom the packager serves. */
  private defineDelivery(packaging: Packaging): Delivery {
    const { pipeline, configuration, accessLogs, edge, cookieKeyGroup } = this.props;
    const authorisation = new OriginAuthorisation(this, 'OriginAuthorisation', { pipelineId: pipeline.id });
    for (const { endpoint } of packaging.formats) authorisation.lock(endpoint);
    return new Delivery(this, 'Delivery', {
      pipelineId: pipeline.id,
      packagerUrl: packaging.url,
      originHeaders: authorisation.originHeaders,
      edge,
      ...(cookieKeyGroup && { cookieKeyGroup }),
      accessLogs,
      delivery: configuration.delivery,
    });
  }

  private register(ingest: Ingest, { channel }: LiveChannel, packaging: Packaging, { distribution, baseUrl }: Delivery): void {
    const { ladder, failover, inputSpecification, archiveKeyPrefix } = this;
    const { pipeline, configuration, archive } = this.props;
    new Registration(this, 'Registration', {
      stage: configuration.stage,
      registration: {
        schemaVersion: 2,
        pipelineId: pipeline.id,
        name: pipeline.name,
        kind: pipeline.kind,
        region: this.region,
        ...(pipeline.accountId !== undefined && { accountId: pipeline.accountId }),
        channel: registeredChannel({ channel, pipeline, ingest, ladder, failover, inputSpecification }),
        packaging: registeredPackaging(packaging),
        delivery: { distributionId: distribution.distributionId, baseUrl },
        archive: { bucket: archive.bucketName, keyPrefix: archiveKeyPrefix, rolloverSeconds: archiveRolloverSeconds(ladder) },
      },
    });
  }
}
