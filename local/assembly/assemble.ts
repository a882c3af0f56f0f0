import type { EventSink } from '../runtime/ports.ts';
import { runInDependencyOrder } from './in-dependency-order.ts';
import type { ResourceProvider } from './resource-provider.ts';
import { deployStack, stackIdOf, type ResourceRecord } from './stack-deployment.ts';
import type { CloudAssembly } from './template/cloud-assembly.ts';
import type { SecretReader } from './template/dynamic-references.ts';
import type { StateStore } from '../runtime/state/collection.ts';

/** What a cloud assembly is deployed to. */
export interface AssembleOptions {
  readonly assembly: CloudAssembly;
  readonly accountId: string;
  readonly region: string;
  readonly providers: readonly ResourceProvider[];
  readonly state: StateStore;
  /** Reads the secrets that templates refer to. */
  readonly readSecret: SecretReader;
  /** Told of every stack that is complete, as CloudFormation tells EventBridge. */
  readonly events: EventSink;
  /** Called as resources come to be. */
  readonly onProgress?: (progress: { readonly stackName: string; readonly done: number; readonly total: number }) => void;
}

/** Outputs of the stacks, by stack and output name. */
export type StackOutputs = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/**
 * Creates what the templates declare, stacks and resources in dependency order, side by side where they are independent.
 * A second time on the same state it keeps what has not changed.
 * @throws Error that names stack, resource and type of whatever is refused.
 */
export const assemble = async ({ assembly, accountId, region, providers, state, readSecret, events, onProgress }: AssembleOptions): Promise<StackOutputs> => {
  const outputs: Record<string, Record<string, unknown>> = {};
  const done = new Map<string, number>();
  const resources = state.collection<ResourceRecord>('assembly/resources');
  const totals = new Map(assembly.stacks.map(({ stackName, template }) => [stackName, Object.keys(template.Resources).length]));
  const target = {
    accountId,
    region,
    resources,
    readSecret,
    providers: new Map(providers.map((provider) => [provider.type, provider])),
    exports: new Map<string, unknown>(),
    onResource: (stackName: string): void => {
      done.set(stackName, (done.get(stackName) ?? 0) + 1);
      onProgress?.({ stackName, done: done.get(stackName) ?? 0, total: totals.get(stackName) ?? 0 });
    },
  };
  const run = async (stack: CloudAssembly['stacks'][number]): Promise<void> => {
    const isNew = ![...resources.entries()].some(([key]) => key.startsWith(`${stack.stackName}/`));
    outputs[stack.stackName] = await deployStack(stack, target);
    events.emit({
      source: 'aws.cloudformation',
      detailType: 'CloudFormation Stack Status Change',
      resources: [stackIdOf(stack.stackName, target)],
      detail: {
        'stack-id': stackIdOf(stack.stackName, target),
        'status-details': { status: isNew ? 'CREATE_COMPLETE' : 'UPDATE_COMPLETE', 'status-reason': '' },
      },
    });
  };
  await runInDependencyOrder(assembly.stacks.map((stack) => ({ id: stack.stackName, dependsOn: stack.dependencies, run: () => run(stack) })));
  return outputs;
};
