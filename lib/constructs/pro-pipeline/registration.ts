import { Stack } from 'aws-cdk-lib';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import type { PipelineRegistration } from '../../../lambda/contract/pipeline-registration.ts';

/** Below which pipelines register; ends in a slash. */
export const pipelineParameterPath = (stage: string): string => `/${stage}/pipelines/`;

/** What a standard parameter holds. https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html */
const mostBytes = 4096;

/** References are known when the stack is deployed. A manifest's URL is about 120 characters; names and ids are at most a bucket's 63. */
const greatestAttributeBytes = 128;
const greatestNameBytes = 64;

/** How long the registration can become when it is deployed. */
const greatestBytes = (registration: PipelineRegistration, stack: Stack): number => {
  const isAttribute = (token: string): boolean => JSON.stringify(stack.resolve(token)).includes('Fn::GetAtt');
  const deployed = JSON.stringify(registration).replaceAll(/\$\{Token\[[^\]]*\]\}/g, (token) => 'x'.repeat(isAttribute(token) ? greatestAttributeBytes : greatestNameBytes));
  return Buffer.byteLength(deployed);
};

export interface RegistrationProps {
  readonly stage: string;
  /** Values may be references that are known when the stack is deployed. */
  readonly registration: PipelineRegistration;
}

/**
 * Makes a pipeline known to the rest of the platform, which reads it at run time: the stack exports nothing. Synthesis
 * fails when the parameter could not hold it.
 */
export class Registration extends Construct {
  constructor(scope: Construct, id: string, { stage, registration }: RegistrationProps) {
    super(scope, id);
    new StringParameter(this, 'Parameter', {
      parameterName: `${pipelineParameterPath(stage)}${registration.pipelineId}`,
      description: `The pipeline ${registration.name}`,
      stringValue: Stack.of(this).toJsonString(registration),
    });
    this.node.addValidation({ validate: () => this.excess(greatestBytes(registration, Stack.of(this))) });
  }

  private excess(bytes: number): string[] {
    if (bytes <= mostBytes) return [];
    return [`the registration is too long for its parameter; got up to ${bytes} bytes; allowed: ${mostBytes}; change: use fewer rungs, formats or sources, or shorter names`];
  }
}
