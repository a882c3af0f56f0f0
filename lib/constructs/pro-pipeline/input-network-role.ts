import { Stack } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { acknowledgePattern } from '../acknowledge.ts';

export interface InputNetworkRoleProps {
  readonly subnetIds: readonly string[];
  readonly securityGroupIds: readonly string[];
}

/**
 * Lets MediaLive put its network interfaces into the subnets of a VPC: `ec2:CreateNetworkInterface` there, with the security
 * groups given, and what keeps and removes them.
 * https://docs.aws.amazon.com/medialive/latest/ug/trusted-entity-requirements.html
 */
export class InputNetworkRole extends Construct {
  readonly role: Role;

  constructor(scope: Construct, id: string, { subnetIds, securityGroupIds }: InputNetworkRoleProps) {
    super(scope, id);
    this.role = new Role(this, 'Role', { description: 'Lets inputs be reached in a VPC', assumedBy: new ServicePrincipal('medialive.amazonaws.com') });
    const arnsOf = (resource: string, names: readonly string[]): string[] => names.map((resourceName) => Stack.of(this).formatArn({ service: 'ec2', resource, resourceName }));
    const [interfaces = ''] = arnsOf('network-interface', ['*']);
    this.role.addToPolicy(new PolicyStatement({ actions: ['ec2:CreateNetworkInterface'], resources: [...arnsOf('subnet', subnetIds), ...arnsOf('security-group', securityGroupIds), interfaces] }));
    this.role.addToPolicy(new PolicyStatement({ actions: ['ec2:CreateNetworkInterfacePermission', 'ec2:DeleteNetworkInterface', 'ec2:DeleteNetworkInterfacePermission'], resources: [interfaces] }));
    this.role.addToPolicy(new PolicyStatement({ actions: ['ec2:DescribeNetworkInterfaces', 'ec2:DescribeSecurityGroups', 'ec2:DescribeSubnets'], resources: ['*'] }));
    acknowledgePattern(this.role, interfaces, 'MediaLive names the interfaces that it creates.');
    acknowledgePattern(this.role, '*', 'EC2\'s descriptions have no resource-level permissions.');
  }
}
