import { CfnInput, CfnInputSecurityGroup, type CfnInputProps } from 'aws-cdk-lib/aws-medialive';
import { Construct } from 'constructs';
import type { InputsConfiguration } from '../../config/inputs.ts';
import { InputNetworkRole } from './input-network-role.ts';

export interface IngestProps {
  /** Names of inputs begin with it. */
  readonly name: string;
  readonly channelClass: 'SINGLE_PIPELINE' | 'STANDARD';
  readonly inputs: InputsConfiguration;
}

/** An input, and the name of its attachment to the channel, by which a schedule switches to it. */
export interface NamedInput {
  readonly name: 'main' | 'primary' | 'backup';
  readonly input: CfnInput;
}

const namesOf = ({ count }: InputsConfiguration): readonly NamedInput['name'][] => (count === 1 ? ['main'] : ['primary', 'backup']);

/**
 * Replaced with a secret name by every show before its channel starts; while a channel is idle nobody can push. An input
 * with one destination is of class SINGLE_PIPELINE, with two of class STANDARD, which a channel of that class needs.
 */
const placeholders: Readonly<Record<IngestProps['channelClass'], readonly string[]>> = {
  SINGLE_PIPELINE: ['live/unassigned'],
  STANDARD: ['live/unassigned-0', 'live/unassigned-1'],
};

const capitalised = (name: string): string => `${name.charAt(0).toUpperCase()}${name.slice(1)}`;

/** Where encoders push: one or two inputs, reachable from the declared ranges, or in a VPC. */
export class Ingest extends Construct {
  /** In order of preference. */
  readonly inputs: readonly [NamedInput, ...NamedInput[]];
  /**
   * Who may push over the internet; absent in a VPC. The template holds the pipeline's own sources. A show sets its own
   * at run time, which CloudFormation does not see: it writes the group only when the template's list has changed. A
   * deployment that changes the list in the middle of a show does take the show's sources away; the reconciler sets
   * them again within a minute, and streams that are on air are not cut.
   */
  readonly securityGroup?: CfnInputSecurityGroup;
  private readonly network: Pick<CfnInputProps, 'inputSecurityGroups' | 'vpc' | 'roleArn'>;

  constructor(scope: Construct, id: string, { name, channelClass, inputs }: IngestProps) {
    super(scope, id);
    if (inputs.network.type === 'PUBLIC') {
      this.securityGroup = new CfnInputSecurityGroup(this, 'Sources', { whitelistRules: inputs.network.allowedSources.map((cidr) => ({ cidr })) });
      this.network = { inputSecurityGroups: [this.securityGroup.ref] };
    } else {
      const { subnetIds, securityGroupIds } = inputs.network;
      const { role } = new InputNetworkRole(this, 'Network', { subnetIds, securityGroupIds });
      this.network = { vpc: { subnetIds, securityGroupIds }, roleArn: role.roleArn };
    }
    const [first = 'main', ...others] = namesOf(inputs);
    const define = (inputName: NamedInput['name']): NamedInput => ({ name: inputName, input: this.defineInput(name, inputName, channelClass, inputs.type) });
    this.inputs = [define(first), ...others.map(define)];
  }

  private defineInput(prefix: string, inputName: string, channelClass: IngestProps['channelClass'], type: InputsConfiguration['type']): CfnInput {
    const input = new CfnInput(this, capitalised(inputName), {
      name: `${prefix}-${inputName}`,
      type,
      ...this.network,
      // RTP has no names: whoever the security group lets in is the source. Its inputs are of class STANDARD always.
      ...(type === 'RTMP_PUSH' && { destinations: placeholders[channelClass].map((streamName) => ({ streamName })) }),
    });
    // Interfaces are made when the input is: its role must be whole by then.
    const network = this.node.tryFindChild('Network');
    if (network) input.node.addDependency(network);
    return input;
  }
}
