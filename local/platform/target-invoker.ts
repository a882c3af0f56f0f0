import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import type { ClientSettings, RoleSessions } from '../runtime/ports.ts';
import type { TargetInvoker } from '../services/eventbridge/target-invoker.ts';
import type { LambdaService } from '../services/lambda/service.ts';
import type { SqsService } from '../services/sqs/sqs-service.ts';

/** Where the targets of rules and schedules are. Asked for when a target is invoked, as services refer to each other. */
export interface Targets {
  readonly lambda: () => LambdaService;
  readonly sqs: () => SqsService;
  readonly roles: RoleSessions;
  /** The service that invokes: `events.amazonaws.com`. */
  readonly servicePrincipal: string;
}

const asRole = async (arn: string, payload: string, settings: ClientSettings): Promise<void> => {
  const service = arn.split(':')[2];
  if (service === 'lambda') {
    await new LambdaClient({ ...settings }).send(new InvokeCommand({ FunctionName: arn, InvocationType: 'Event', Payload: Buffer.from(payload) }));
  } else if (service === 'states') {
    await new SFNClient({ ...settings }).send(new StartExecutionCommand({ stateMachineArn: arn, input: payload }));
  } else if (service === 'sqs') {
    await new SQSClient({ ...settings }).send(new SendMessageCommand({ QueueUrl: `${settings.endpoint}/${arn.split(':').slice(4).join('/')}`, MessageBody: payload }));
  } else {
    throw new Error(`target ${arn} is not implemented: known are functions, state machines and queues`);
  }
};

/**
 * Invokes targets as EventBridge does: under the target's role where there is one, else as the service itself, which a
 * function's resource policy must allow.
 */
export const targetInvoker = ({ lambda, sqs, roles, servicePrincipal }: Targets): TargetInvoker => async (arn, payload, { roleArn, sourceArn }) => {
  if (roleArn !== undefined) {
    await asRole(arn, payload, roles.assume(roleArn, servicePrincipal, 'target'));
    return;
  }
  const service = arn.split(':')[2];
  if (service === 'lambda') lambda().enqueueForService({ functionName: arn, payload, servicePrincipal, ...(sourceArn !== undefined && { sourceArn }) });
  else if (service === 'sqs') sqs().deliver(arn, payload);
  else throw new Error(`target ${arn} needs a role: only functions and queues are invoked without one`);
};
