import { Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { acknowledgePattern } from '../../acknowledge.ts';
import { tagKeys } from '../../tags.ts';
import type { ControlFunction } from '../control-function.ts';
import type { Binding, ControlResources } from '../control-resources.ts';

/** IVS names what it creates, and pipelines come and go: the stage's channels, and the keys that carry their tags, are known by the tag. A stage without Cam pipelines grants nothing of IVS. */
const allowOnStage = (target: ControlFunction, { configuration: { stage, cam } }: ControlResources, resource: 'channel' | 'stream-key', by: 'ResourceTag' | 'RequestTag', actions: string[]): void => {
  if (cam === undefined) return;
  const pattern = Stack.of(target).formatArn({ service: 'ivs', resource, resourceName: '*' });
  target.allow(new PolicyStatement({ actions, resources: [pattern], conditions: { StringEquals: { [`aws:${by}/${tagKeys.stage}`]: stage } } }));
  acknowledgePattern(target, pattern, 'The condition narrows it to what carries the stage\'s tag.');
};

const looks = ['ivs:GetStream', 'ivs:ListStreamSessions', 'ivs:GetStreamSession'];

/** Sees whether a Cam channel has a stream key, not its value: `ivs:ListStreamKeys` on the stage's channels. */
export const seesStreamKeys: Binding = (target, resources) => allowOnStage(target, resources, 'channel', 'ResourceTag', ['ivs:ListStreamKeys']);

/** Looks at streams: `ivs:GetStream`, `ListStreamSessions`, `GetStreamSession` on the stage's channels. */
export const watchesStreams: Binding = (target, resources) => allowOnStage(target, resources, 'channel', 'ResourceTag', looks);

/** Takes stream keys away and disconnects streams: beside looking, `ivs:ListStreamKeys`, `StopStream` on the stage's channels and `DeleteStreamKey` on their keys. */
export const stopsStreams: Binding = (target, resources) => {
  allowOnStage(target, resources, 'channel', 'ResourceTag', [...looks, 'ivs:ListStreamKeys', 'ivs:StopStream']);
  allowOnStage(target, resources, 'stream-key', 'ResourceTag', ['ivs:DeleteStreamKey']);
};

/** Makes stream keys with their channels' tags: `ivs:GetChannel` on the stage's channels, `CreateStreamKey`, `TagResource` on keys. */
export const makesStreamKeys: Binding = (target, resources) => {
  allowOnStage(target, resources, 'channel', 'ResourceTag', ['ivs:GetChannel']);
  allowOnStage(target, resources, 'stream-key', 'RequestTag', ['ivs:CreateStreamKey', 'ivs:TagResource']);
};
