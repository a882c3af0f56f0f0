import { ArnFormat, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { camKeySecretName, type CamPlaybackSettings } from '../../../../lambda/contract/cam-playback.ts';
import { acknowledgePattern } from '../../acknowledge.ts';
import { tagKeys } from '../../tags.ts';
import type { Binding, ControlResources } from '../control-resources.ts';

const settingsOf = ({ configuration: { stage, cam } }: ControlResources): CamPlaybackSettings | null =>
  cam === undefined || cam.playbackKeys.length === 0 ? null : { secretName: camKeySecretName(stage), keyIds: cam.playbackKeys.map(({ id }) => id), webOrigins: cam.webOrigins };

/** Signs playback tokens of Cam pipelines: `secretsmanager:GetSecretValue` on the keys' secret, where the stage has keys. */
export const signsCamTokens: Binding = (target, resources) => {
  const settings = settingsOf(resources);
  target.bind('camPlayback', { CAM_PLAYBACK: Stack.of(target).toJsonString(settings) });
  if (settings === null) return;
  // Secrets Manager puts six characters after the name.
  const secret = Stack.of(target).formatArn({ service: 'secretsmanager', resource: 'secret', resourceName: `${settings.secretName}-??????`, arnFormat: ArnFormat.COLON_RESOURCE_NAME });
  target.allow(new PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources: [secret] }));
  acknowledgePattern(target, secret, 'Secrets Manager chooses the last six characters.');
};

/** Ends what viewers of Cam pipelines play: `ivs:StartViewerSessionRevocation` on the stage's channels, where it has such. */
export const revokesCamViewers: Binding = (target, { configuration: { stage, cam } }) => {
  if (cam === undefined) return;
  const channels = Stack.of(target).formatArn({ service: 'ivs', resource: 'channel', resourceName: '*' });
  target.allow(new PolicyStatement({ actions: ['ivs:StartViewerSessionRevocation'], resources: [channels], conditions: { StringEquals: { [`aws:ResourceTag/${tagKeys.stage}`]: stage } } }));
  acknowledgePattern(target, channels, 'The condition narrows it to what carries the stage\'s tag.');
};
