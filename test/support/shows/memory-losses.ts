import type { Loss, Losses } from '../../../lambda/domain/shared/losses.ts';

/** What whoever is on call was told of, in memory. */
export const memoryLosses = (): Losses & { readonly told: readonly Loss[] } => {
  const told: Loss[] = [];
  return { told, tell: (loss) => void told.push(loss) };
};
