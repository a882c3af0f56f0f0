import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** Rules of cdk-nag that do not apply to a construct, each with the reason that a reviewer reads. */
export type Acknowledgements = Readonly<Record<`AwsSolutions-${string}`, string>>;

/** Records why rules do not apply to a construct and what is below it. */
export const acknowledge = (construct: IConstruct, rules: Acknowledgements): void => {
  for (const [id, reason] of Object.entries(rules)) Validations.of(construct).acknowledge({ id, reason });
};
