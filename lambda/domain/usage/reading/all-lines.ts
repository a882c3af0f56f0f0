import type { UsageLine } from '../usage-line.ts';
import type { ProfileHead } from '../usage-profile.ts';
import type { UsageStore } from '../usage-store.ts';

const pageSize = 100;

/** Every line of a version, by key: a profile has some hundreds at most. */
export const allLines = async (usage: Pick<UsageStore, 'lines'>, head: ProfileHead): Promise<readonly UsageLine[]> => {
  const lines: UsageLine[] = [];
  let after: string | undefined;
  do {
    const page = await usage.lines(head, { limit: pageSize, ...(after === undefined ? {} : { after }) });
    lines.push(...page.items);
    after = page.next;
  } while (after !== undefined);
  return lines;
};
