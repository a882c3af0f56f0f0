import { CfnInput, CfnInputSecurityGroup } from 'aws-cdk-lib/aws-medialive';
import { Construct } from 'constructs';

export interface IngestProps {
  /** Names the input. */
  readonly name: string;
  /** IPv4 ranges that may push. */
  readonly allowedSources: readonly string[];
}

/** Replaced with a secret name by every show before its channel starts; while a channel is idle nobody can push. */
const placeholderStreamName = 'live/unassigned';

/** Where the encoder pushes: one RTMP input, reachable from the declared ranges only. */
export class Ingest extends Construct {
  readonly input: CfnInput;

  constructor(scope: Construct, id: string, { name, allowedSources }: IngestProps) {
    super(scope, id);
    const sources = new CfnInputSecurityGroup(this, 'Sources', { whitelistRules: allowedSources.map((cidr) => ({ cidr })) });
    this.input = new CfnInput(this, 'Input', {
      name,
      type: 'RTMP_PUSH',
      inputSecurityGroups: [sources.ref],
      // One destination makes it an input of class SINGLE_PIPELINE.
      destinations: [{ streamName: placeholderStreamName }],
    });
  }
}
