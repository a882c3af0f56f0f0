import type { StateStore } from '../runtime/state/collection.ts';
import type { PortName } from './platform.ts';

/** The ports of a data folder: URLs with them are kept in tables and registrations, so they stay the same. */
export interface KeptPorts {
  /** The port to listen on; 0 where any will do. */
  wanted(name: PortName): number;
  keep(ports: Readonly<Record<PortName, number>>): void;
}

/** Ports as chosen, else as kept, else any. */
export const keptPorts = (state: StateStore, chosen: Partial<Readonly<Record<PortName, number>>>): KeptPorts => {
  const kept = state.collection<number>('platform/ports');
  return {
    wanted: (name) => chosen[name] ?? kept.get(name) ?? 0,
    keep: (ports) => {
      for (const [name, port] of Object.entries(ports)) kept.put(name, port);
    },
  };
};
