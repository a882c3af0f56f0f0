import { Stack } from 'aws-cdk-lib';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import type { PipelineRegistration } from '../../../lambda/contract/pipeline-registration.ts';

/** Below which pipelines register; ends in a slash. */
export const pipelineParameterPath = (stage: string): string => `/${stage}/pipelines/`;

/** What a standard parameter holds. https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html */
const mostBytes = 4096;

/** A reference is known when the stack is deployed: the longest, a manifest's URL, is about 120 characters. */
const referenceBytes = 128;

/** How long the registration can become when it is deployed. */
const greatestBytes = (registration: PipelineRegistration): number =>
  Buffer.byteLength(JSON.stringify(registration).replaceAll(/\$\{Token\[[^\]]*\]\}/g, 'x'.repeat(referenceBytes)));

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
    this.node.addValidation({ validate: () => this.excess(greatestBytes(registration)) });
  }

  private excess(bytes: number): string[] {
    if (bytes <= mostBytes) return [];
    return [`the registration is too long for its parameter; got up to ${bytes} bytes; allowed: ${mostBytes}; change: use fewer rungs, formats or sources, or shorter names`];
  }
}
