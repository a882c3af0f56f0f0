import { GetParameterCommand, type Parameter, paginateGetParametersByPath, ParameterNotFound, type SSMClient } from '@aws-sdk/client-ssm';
import { pipelineRegistrationSchema } from '../../contract/pipeline-registration.ts';
import type { Pipeline, PipelineRegistry } from '../../domain/pipelines/pipeline.ts';
import { notFound } from '../../domain/shared/caller.ts';
import { calling } from '../service-faults.ts';
import { camPipelineOf, proPipelineOf } from './registered-pipelines.ts';

const parsed = ({ Name, Value }: Parameter): Pipeline => {
  try {
    const registration = pipelineRegistrationSchema.parse(JSON.parse(Value ?? ''));
    return registration.kind === 'CAM' ? camPipelineOf(registration) : proPipelineOf(registration);
  } catch (error) {
    throw new Error(`parameter ${Name ?? '?'} is no pipeline registration: deploy the pipeline's stack again`, { cause: error });
  }
};

/** The registrations that pipeline stacks write. IAM: ssm:GetParameter and ssm:GetParametersByPath on `<path>*`. */
export const ssmPipelineRegistry = (client: SSMClient, parameterPath: string): PipelineRegistry => ({
  list: () =>
    calling('ssm', async () => {
      const found: Parameter[] = [];
      const pages = paginateGetParametersByPath({ client }, { Path: parameterPath.replace(/\/$/, '') });
      for await (const { Parameters = [] } of pages) found.push(...Parameters);
      return found.map(parsed).sort((one, other) => one.pipelineId.localeCompare(other.pipelineId));
    }),
  get: (pipelineId) =>
    calling('ssm', async () => {
      // Anything else cannot be a parameter's name, or would be another one's.
      if (!/^pl_[a-z0-9-]+$/.test(pipelineId)) throw notFound('pipeline', pipelineId);
      try {
        const { Parameter = {} } = await client.send(new GetParameterCommand({ Name: `${parameterPath}${pipelineId}` }));
        return parsed(Parameter);
      } catch (error) {
        throw error instanceof ParameterNotFound ? notFound('pipeline', pipelineId) : error;
      }
    }),
});
