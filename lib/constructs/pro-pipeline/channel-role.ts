import { ArnFormat, Stack } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { CfnChannel } from 'aws-cdk-lib/aws-mediapackage';
import { Construct } from 'constructs';
import { acknowledgePattern } from '../acknowledge.ts';

export interface ChannelRoleProps {
  readonly packager: CfnChannel;
  readonly archiveBucketArn: string;
  /** The channel writes objects whose keys begin with this. */
  readonly archiveKeyPrefix: string;
}

/**
 * What the channel may do: `mediapackage:DescribeChannel` on its own packager, `s3:PutObject` and
 * `s3:AbortMultipartUpload` below its own prefix, and writing its log.
 */
export class ChannelRole extends Construct {
  readonly role: Role;

  constructor(scope: Construct, id: string, { packager, archiveBucketArn, archiveKeyPrefix }: ChannelRoleProps) {
    super(scope, id);
    this.role = new Role(this, 'Role', { description: 'What a channel may do', assumedBy: new ServicePrincipal('medialive.amazonaws.com') });
    this.role.addToPolicy(new PolicyStatement({ actions: ['mediapackage:DescribeChannel'], resources: [packager.attrArn] }));
    this.allow(['s3:PutObject', 's3:AbortMultipartUpload'], `${archiveBucketArn}/${archiveKeyPrefix}*`, 'A channel names its objects by time, below its own prefix.');
    // MediaLive writes every channel's log to this group.
    const logGroup = Stack.of(this).formatArn({ service: 'logs', resource: 'log-group', resourceName: 'ElementalMediaLive', arnFormat: ArnFormat.COLON_RESOURCE_NAME });
    const logging = ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents', 'logs:DescribeLogStreams'];
    this.allow(logging, `${logGroup}:*`, 'A channel names its log streams itself, in MediaLive\'s one log group.');
  }

  private allow(actions: string[], pattern: string, reason: string): void {
    this.role.addToPolicy(new PolicyStatement({ actions, resources: [pattern] }));
    acknowledgePattern(this.role, pattern, reason);
  }
}
