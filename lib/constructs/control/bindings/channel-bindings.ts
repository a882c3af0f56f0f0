import { ArnFormat, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { acknowledgePattern } from '../../acknowledge.ts';
import { tagKeys } from '../../tags.ts';
import type { ControlFunction } from '../control-function.ts';
import type { Binding, ControlResources } from '../control-resources.ts';

/** MediaLive numbers what it creates, and pipelines come and go: the stage's are known by their tag. */
const allowOnStage = (target: ControlFunction, { configuration: { stage } }: ControlResources, resource: 'channel' | 'input' | 'inputSecurityGroup', actions: string[]): void => {
  const pattern = Stack.of(target).formatArn({ service: 'medialive', resource, resourceName: '*', arnFormat: ArnFormat.COLON_RESOURCE_NAME });
  target.allow(new PolicyStatement({ actions, resources: [pattern], conditions: { StringEquals: { [`aws:ResourceTag/${tagKeys.stage}`]: stage } } }));
  acknowledgePattern(target, pattern, 'The condition narrows it to what carries the stage\'s tag.');
};

/** Sees where an input is reached: `medialive:DescribeInput` on the stage's inputs. */
export const seesInputs: Binding = (target, resources) => allowOnStage(target, resources, 'input', ['medialive:DescribeInput']);

/** Gives inputs their stream names: `medialive:DescribeInput`, `UpdateInput` on the stage's inputs. */
export const namesStreams: Binding = (target, resources) =>
  allowOnStage(target, resources, 'input', ['medialive:DescribeInput', 'medialive:UpdateInput']);

/**
 * Starts, stops and sees channels, and forgets the switches of the show before: `medialive:DescribeChannel`,
 * `StartChannel`, `StopChannel`, `DeleteSchedule` on the stage's channels.
 */
export const runsChannels: Binding = (target, resources) =>
  allowOnStage(target, resources, 'channel', ['medialive:DescribeChannel', 'medialive:StartChannel', 'medialive:StopChannel', 'medialive:DeleteSchedule']);

/** Stops channels: `medialive:DescribeChannel`, `StopChannel` on the stage's channels. */
export const stopsChannels: Binding = (target, resources) =>
  allowOnStage(target, resources, 'channel', ['medialive:DescribeChannel', 'medialive:StopChannel']);

/** Switches inputs: `medialive:DescribeSchedule`, `BatchUpdateSchedule` on the stage's channels. */
export const switchesInputs: Binding = (target, resources) => allowOnStage(target, resources, 'channel', ['medialive:DescribeSchedule', 'medialive:BatchUpdateSchedule']);

/** Lets a show's own sources in, and out again: `medialive:DescribeInputSecurityGroup`, `UpdateInputSecurityGroup` on the stage's groups. */
export const admitsSources: Binding = (target, resources) =>
  allowOnStage(target, resources, 'inputSecurityGroup', ['medialive:DescribeInputSecurityGroup', 'medialive:UpdateInputSecurityGroup']);

/** Sees channels' open alerts: `medialive:ListAlerts` on the stage's channels. */
export const seesAlerts: Binding = (target, resources) => allowOnStage(target, resources, 'channel', ['medialive:ListAlerts']);

/** Looks at running channels: `medialive:DescribeChannel`, `DescribeThumbnails`, `ListAlerts` on the stage's channels. */
export const watchesChannels: Binding = (target, resources) =>
  allowOnStage(target, resources, 'channel', ['medialive:DescribeChannel', 'medialive:DescribeThumbnails', 'medialive:ListAlerts']);
