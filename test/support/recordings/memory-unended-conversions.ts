import type { UnendedConversions } from '../../../lambda/domain/recordings/unended-jobs.ts';

/** Remembers conversions that were given up in memory. */
export const memoryUnendedConversions = (): UnendedConversions => {
  const noted = new Set<string>();
  return {
    note: async (breakoutId) => void noted.add(breakoutId),
    forget: async (breakoutId) => void noted.delete(breakoutId),
    list: async () => [...noted].sort(),
  };
};
