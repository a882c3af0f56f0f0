import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import { Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';

export interface HardStopSchedulesProps {
  readonly stage: string;
  readonly hardStop: IFunction;
}

/** The one-time schedules that stop a show when nothing else does: a group of their own, and the role that invokes. */
export class HardStopSchedules extends Construct {
  readonly groupName: string;
  /** Every schedule of the group, and no other. */
  readonly scheduleArns: string;
  readonly functionArn: string;
  /** `lambda:InvokeFunction` on the hard stop. */
  readonly role: Role;

  constructor(scope: Construct, id: string, { stage, hardStop }: HardStopSchedulesProps) {
    super(scope, id);
    const name = `${stage}-hard-stops`;
    this.groupName = new CfnScheduleGroup(this, 'Group', { name }).ref;
    this.scheduleArns = Stack.of(this).formatArn({ service: 'scheduler', resource: 'schedule', resourceName: `${name}/*` });
    this.functionArn = hardStop.functionArn;
    this.role = new Role(this, 'Role', { description: 'Invokes the hard stop of a show', assumedBy: new ServicePrincipal('scheduler.amazonaws.com') });
    this.role.addToPolicy(new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [hardStop.functionArn] }));
  }
}
