import { Stack, Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import * as z from 'zod';

/** Rules of cdk-nag that do not apply to a construct, each with the reason that a reviewer reads. */
export type Acknowledgements = Readonly<Record<`AwsSolutions-${string}`, string>>;

/** Records why rules do not apply to a construct and what is below it. */
export const acknowledge = (construct: IConstruct, rules: Acknowledgements): void => {
  for (const [id, reason] of Object.entries(rules)) Validations.of(construct).acknowledge({ id, reason });
};

const reference = z.union([
  z.string(),
  z.object({ Ref: z.string() }).transform(({ Ref }) => `<${Ref}>`),
  z.object({ 'Fn::GetAtt': z.tuple([z.string(), z.string()]) }).transform((value) => `<${value['Fn::GetAtt'].join('.')}>`),
  z.object({ 'Fn::ImportValue': z.string() }).transform((value) => value['Fn::ImportValue']),
]);

const joined = z.object({ 'Fn::Join': z.tuple([z.string(), z.array(reference)]) }).transform(({ 'Fn::Join': [delimiter, parts] }) => parts.join(delimiter));

/** Records why a role below the construct reaches resources by a pattern (`…/*`): cdk-nag wants a reason for each. */
export const acknowledgePattern = (construct: IConstruct, pattern: string, reason: string): void => {
  const finding = z.union([reference, joined]).parse(Stack.of(construct).resolve(pattern));
  acknowledge(construct, { [`AwsSolutions-IAM5[Resource::${finding}]`]: reason });
};
