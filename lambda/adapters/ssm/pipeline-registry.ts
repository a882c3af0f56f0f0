import { GetParameterCommand, type Parameter, paginateGetParametersByPath, ParameterNotFound, type SSMClient } from '@aws-sdk/client-ssm';
import { type PipelineRegistration, pipelineRegistrationSchema, type ProPipelineRegistration } from '../../contract/pipeline-registration.ts';
import type { Pipeline, PipelineRegistry } from '../../domain/pipelines/pipeline.ts';
import { notFound } from '../../domain/shared/caller.ts';
import { ConflictError, type DomainError } from '../../domain/shared/errors.ts';
import { calling } from '../service-faults.ts';

const channelOf = (channel: ProPipelineRegistration['channel']): Pipeline['channel'] => ({
  channelId: channel.id,
  channelArn: channel.arn,
  channelClass: channel.class,
  inputs: channel.inputs.map((input) => ({ inputId: input.id, name: input.name, type: input.type })),
  ...(channel.failover === undefined ? {} : { failover: channel.failover }),
  ...(channel.inputSecurityGroup === undefined
    ? {}
    : { inputSecurityGroup: { groupId: channel.inputSecurityGroup.id, allowedSources: channel.inputSecurityGroup.allowedSources } }),
  inputClass: channel.inputClass,
  outputs: channel.outputs,
});

const pipelineOf = ({ pipelineId, name, kind, region, accountId, channel, packaging, delivery, archive }: ProPipelineRegistration): Pipeline => ({
  pipelineId,
  name,
  kind,
  region,
  ...(accountId === undefined ? {} : { accountId }),
  channel: channelOf(channel),
  packaging: {
    channelId: packaging.channelId,
    endpoints: packaging.endpoints.map(({ originUrl, ...endpoint }) => ({
      ...endpoint,
      ...(originUrl === undefined ? {} : { path: new URL(originUrl).pathname }),
    })),
  },
  delivery,
  archive,
});

const parsed = ({ Name, Value }: Parameter): PipelineRegistration => {
  try {
    return pipelineRegistrationSchema.parse(JSON.parse(Value ?? ''));
  } catch (error) {
    throw new Error(`parameter ${Name ?? '?'} is no pipeline registration: deploy the pipeline's stack again`, { cause: error });
  }
};

const isPro = (registration: PipelineRegistration): registration is ProPipelineRegistration => registration.kind === 'PRO';

/** Whether a pipeline is reserved is nobody's business but its account's, and who asks is not known here. */
const unsupported = ({ pipelineId, kind, accountId }: PipelineRegistration): DomainError =>
  accountId !== undefined
    ? notFound('pipeline', pipelineId)
    : new ConflictError({
        code: 'pipeline-kind-not-supported',
        message: `pipeline ${pipelineId} is of the kind ${kind}, expected PRO: shows cannot be streamed through it yet; book a Pro pipeline`,
        details: { pipelineId, kind },
      });

/**
 * The registrations that pipeline stacks write. Cam pipelines are deployed and registered, but no show can use them yet: they are not
 * listed, and asking for one by its id is a ConflictError (a NotFoundError where it is reserved).
 * IAM: ssm:GetParameter and ssm:GetParametersByPath on `<path>*`.
 */
export const ssmPipelineRegistry = (client: SSMClient, parameterPath: string): PipelineRegistry => ({
  list: () =>
    calling('ssm', async () => {
      const found: Parameter[] = [];
      const pages = paginateGetParametersByPath({ client }, { Path: parameterPath.replace(/\/$/, '') });
      for await (const { Parameters = [] } of pages) found.push(...Parameters);
      return found.map(parsed).filter(isPro).map(pipelineOf).sort((one, other) => one.pipelineId.localeCompare(other.pipelineId));
    }),
  get: (pipelineId) =>
    calling('ssm', async () => {
      // Anything else cannot be a parameter's name, or would be another one's.
      if (!/^pl_[a-z0-9-]+$/.test(pipelineId)) throw notFound('pipeline', pipelineId);
      try {
        const { Parameter = {} } = await client.send(new GetParameterCommand({ Name: `${parameterPath}${pipelineId}` }));
        const registration = parsed(Parameter);
        if (!isPro(registration)) throw unsupported(registration);
        return pipelineOf(registration);
      } catch (error) {
        throw error instanceof ParameterNotFound ? notFound('pipeline', pipelineId) : error;
      }
    }),
});
