import type { StateStore } from '../../../runtime/state/collection.ts';
import type { Machine } from '../asl/definition.ts';
import { parseDefinition } from '../asl/parse-definition.ts';

/** A definition with its role, as executions that began with it keep it. */
export interface Revision {
  readonly definition: string;
  readonly roleArn: string;
}

/** What state machines were and are: an execution runs what its state machine was when it began. */
export interface Revisions {
  put(revisionId: string, revision: Revision): void;
  get(revisionId: string): Revision | undefined;
  machine(revisionId: string): Machine;
}

/** Revisions kept in the state store, parsed once. */
export const storedRevisions = (state: StateStore): Revisions => {
  const revisions = state.collection<Revision>('states/revisions');
  const machines = new Map<string, Machine>();
  const read = (revisionId: string): Machine => {
    const revision = revisions.get(revisionId);
    if (!revision) throw new Error(`revision ${revisionId} of a state machine is not in the state store: the state folder is incomplete`);
    return parseDefinition(revision.definition);
  };
  return {
    put: (revisionId, revision) => revisions.put(revisionId, revision),
    get: (revisionId) => revisions.get(revisionId),
    machine: (revisionId) => {
      const machine = machines.get(revisionId) ?? read(revisionId);
      machines.set(revisionId, machine);
      return machine;
    },
  };
};
