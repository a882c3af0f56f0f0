import { DescribeOriginEndpointCommand, type MediaPackageClient } from '@aws-sdk/client-mediapackage';
import { GetParameterCommand, type SSMClient } from '@aws-sdk/client-ssm';
import { proPipelineRegistrationSchema } from '../../lambda/contract/pipeline-registration.ts';

/** Where a pipeline's distribution and packager keep the identifier that they share. */
export interface PipelineOrigin {
  readonly distributionId: string;
  /** The ARN of the secret that every endpoint of the pipeline is locked with. */
  readonly secretId: string;
}

/** Finds what is to be rotated, by what is deployed. @throws Error that says what is missing */
export const findPipelineOrigin = async (ssm: SSMClient, mediaPackage: MediaPackageClient, stage: string, pipelineId: string): Promise<PipelineOrigin> => {
  const name = `/${stage}/pipelines/${pipelineId}`;
  const { Parameter } = await ssm.send(new GetParameterCommand({ Name: name })).catch((cause: unknown) => {
    throw new Error(`cannot read the parameter ${name}: is the pipeline deployed in this account and Region?`, { cause });
  });
  const { packaging, delivery } = proPipelineRegistrationSchema.parse(JSON.parse(Parameter?.Value ?? ''));
  const endpoints = await Promise.all(packaging.endpoints.map(({ endpointId }) => mediaPackage.send(new DescribeOriginEndpointCommand({ Id: endpointId }))));
  const secrets = new Set(endpoints.map(({ Authorization }) => Authorization?.CdnIdentifierSecret));
  const [secretId] = secrets;
  if (secrets.size !== 1 || secretId === undefined) throw new Error(`the endpoints of ${pipelineId} are locked with ${JSON.stringify([...secrets])}, expected one secret for all: deploy the pipeline first`);
  return { distributionId: delivery.distributionId, secretId };
};
