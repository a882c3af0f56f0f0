import { Stack } from 'aws-cdk-lib';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import type { PipelineRegistration } from '../../../lambda/contract/pipeline-registration.ts';

/** Below which pipelines register; ends in a slash. */
export const pipelineParameterPath = (stage: string): string => `/${stage}/pipelines/`;

export interface RegistrationProps {
  readonly stage: string;
  /** Values may be references that are known when the stack is deployed. */
  readonly registration: PipelineRegistration;
}

/** Makes a pipeline known to the rest of the platform, which reads it at run time: the stack exports nothing. */
export class Registration extends Construct {
  constructor(scope: Construct, id: string, { stage, registration }: RegistrationProps) {
    super(scope, id);
    new StringParameter(this, 'Parameter', {
      parameterName: `${pipelineParameterPath(stage)}${registration.pipelineId}`,
      description: `The pipeline ${registration.name}`,
      stringValue: Stack.of(this).toJsonString(registration),
    });
  }
}
