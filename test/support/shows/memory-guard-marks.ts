import type { GuardMarks } from '../../../lambda/domain/guards/guard-marks.ts';

/** What guards have told of, in memory. */
export const memoryGuardMarks = (): GuardMarks & { readonly orphans: Set<string> } => {
  const stops = new Set<string>();
  const orphans = new Set<string>();
  const isNew = (marks: Set<string>, mark: string): boolean => {
    if (marks.has(mark)) return false;
    marks.add(mark);
    return true;
  };
  return {
    orphans,
    markStopAnnounced: async ({ breakoutId, attempt }) => isNew(stops, `${breakoutId}-${attempt}`),
    markOrphan: async (pipelineId) => isNew(orphans, pipelineId),
    clearOrphan: async (pipelineId) => orphans.delete(pipelineId),
  };
};
