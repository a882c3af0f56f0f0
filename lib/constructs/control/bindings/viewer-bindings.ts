import { ArnFormat, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { cookieKeySecretName, type CookieSettings } from '../../../../lambda/contract/viewer-cookies.ts';
import { acknowledgePattern } from '../../acknowledge.ts';
import type { ControlFunction } from '../control-function.ts';
import type { Binding, ControlResources } from '../control-resources.ts';

const cookieSettingsOf = ({ configuration: { stage, delivery }, foundation: { cookieKeys } }: ControlResources): CookieSettings | null =>
  delivery.cookies === undefined || cookieKeys === undefined ? null : { domain: delivery.cookies.domain, secretName: cookieKeySecretName(stage), keyPairIds: cookieKeys.keyPairIds };

/** The secret that the rotation's script keeps: `secretsmanager:GetSecretValue`. */
const readCookieKeys = (target: ControlFunction, { secretName }: CookieSettings): void => {
  // Secrets Manager puts six characters after the name.
  const secret = Stack.of(target).formatArn({ service: 'secretsmanager', resource: 'secret', resourceName: `${secretName}-??????`, arnFormat: ArnFormat.COLON_RESOURCE_NAME });
  target.allow(new PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources: [secret] }));
  acknowledgePattern(target, secret, 'Secrets Manager chooses the last six characters.');
};

/** Knows how the curtain of a show is that is booked without a word of it. */
export const knowsCurtain: Binding = (target, { configuration: { delivery } }) => target.bind('curtain', { CURTAIN_UNLESS_TOLD: delivery.curtain });

/** Keeps answers with secrets for who asks again, sealed: `secretsmanager:GetSecretValue` on the secret that the key is derived from. */
export const sealsAnswers: Binding = (target, { foundation }) => {
  const { secretArn } = foundation.viewerSigningKey.names;
  target.bind('answerSeal', { ANSWER_SEAL_SECRET_ARN: secretArn }, new PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources: [secretArn] }));
};

/** Gives viewers access: `secretsmanager:GetSecretValue` on the secret that names them, and on the cookies' keys where there are cookies. */
export const admitsViewers: Binding = (target, resources) => {
  const { delivery } = resources.configuration;
  const { secretArn } = resources.foundation.viewerSigningKey.names;
  const cookies = cookieSettingsOf(resources);
  target.bind(
    'viewerAccess',
    {
      VIEWER_NAME_SECRET_ARN: secretArn,
      VIEWER_TOKEN_SECONDS: String(delivery.viewerTokenSeconds),
      PREVIEW_TOKEN_SECONDS: String(delivery.previewTokenSeconds),
      DEVICES_PER_VIEWER: String(delivery.devicesPerViewer),
      VIEWER_COOKIES: Stack.of(target).toJsonString(cookies),
    },
    new PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources: [secretArn] }),
  );
  if (cookies !== null) readCookieKeys(target, cookies);
};
