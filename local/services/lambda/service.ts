import * as lambda from '@aws-sdk/client-lambda';
import { defineService } from '../../gateway/define-service.ts';
import { ServiceFault } from '../../gateway/service-fault.ts';
import type { SchemaService } from '../../gateway/service.ts';
import { functionNameOf, noSuchFunction, type FunctionRecord } from './function-record.ts';
import { createAsyncInvocations } from './invocation/async-invocations.ts';
import { createFunctionPools } from './invocation/function-pools.ts';
import { invokeFunction, type InvocationResult } from './invocation/invoke.ts';
import type { LambdaDependencies, LambdaWorld } from './lambda-world.ts';
import { eventInvokeOperations } from './operations/event-invoke-operations.ts';
import { functionOperations } from './operations/function-operations.ts';
import { checkActive, checkedPayload, invokeOperation } from './operations/invoke-operation.ts';
import { policyOperations } from './operations/policy-operations.ts';
import { policyAllows, type ServiceCaller } from './resource-policy.ts';
import type { PoolLimits } from './runtime/function-pool.ts';
import type { IdleLimits } from './runtime/idle-threads.ts';

/** A call by a service of AWS, which the function's resource policy must allow. */
export interface ServiceInvocation extends ServiceCaller {
  /** Name or ARN. */
  readonly functionName: string;
  /** JSON. */
  readonly payload: string;
}

/** Lambda, and what the platform does with it beside its API. */
export interface LambdaService extends SchemaService {
  /**
   * Calls a function for a service and waits for its answer.
   * @throws ResourceNotFoundException, ServiceFault AccessDeniedException, TooManyRequestsException, RequestTooLargeException
   */
  invokeForService(call: ServiceInvocation): Promise<InvocationResult>;
  /** Takes a call for a service; it is retried as asynchronous calls are. Throws as `invokeForService`. */
  enqueueForService(call: ServiceInvocation): void;
  /** Goes on with asynchronous calls that were kept. Call once, when functions can be called. */
  resume(): void;
  /** Ends every thread. */
  close(): Promise<void>;
}

const allowed = (world: LambdaWorld, call: ServiceInvocation): FunctionRecord => {
  const name = functionNameOf(call.functionName);
  const record = world.functions.get(name);
  if (!record) throw noSuchFunction(call.functionName);
  if (policyAllows(world.policies.get(name) ?? [], call)) return record;
  throw new ServiceFault('AccessDeniedException', `${call.servicePrincipal} is not authorized to perform: lambda:InvokeFunction on resource: ${record.arn} because no resource-based policy allows it${call.sourceArn === undefined ? '' : ` from ${call.sourceArn}`}`, 403);
};

/** Lambda: functions that run in threads of this process, each with its own environment and its role's credentials. */
export const createLambdaService = ({ limits, idleLimits, ...dependencies }: LambdaDependencies & { readonly limits?: PoolLimits; readonly idleLimits?: Partial<IdleLimits> }): LambdaService => {
  const { state } = dependencies;
  const world: LambdaWorld = {
    ...dependencies,
    functions: state.collection('lambda/functions'),
    policies: state.collection('lambda/policies'),
    eventInvokeConfigs: state.collection('lambda/event-invoke-configs'),
    pools: createFunctionPools({ ...dependencies, ...(limits && { limits }), ...(idleLimits && { idleLimits }) }),
  };
  const asyncInvocations = createAsyncInvocations(world);
  return {
    ...defineService('lambda', lambda, { ...functionOperations(world), ...policyOperations(world), ...eventInvokeOperations(world), ...invokeOperation(world, asyncInvocations) }),
    invokeForService: async (call) => {
      const record = allowed(world, call);
      checkActive(world, record);
      return invokeFunction(world, record, checkedPayload(call.payload, 'RequestResponse'), world.newId());
    },
    enqueueForService: (call) => asyncInvocations.add(allowed(world, call).name, checkedPayload(call.payload, 'Event'), world.newId()),
    resume: () => asyncInvocations.resume(),
    close: async () => {
      const settled = asyncInvocations.close();
      await world.pools.end();
      await settled;
    },
  };
};
