import { brokenRules, repeated, type ConfigurationProblem, type CrossCheck } from './configuration-problem.ts';
import type { CustomLadder } from './custom-ladder.ts';

type CustomRung = CustomLadder['rungs'][number];

/** Widths are even, so that 480 lines of 16:9 are 854 pixels and not 853⅓. */
const roundingPixels = 2;

const hasRatio = ({ widthPixels, heightPixels }: CustomRung, aspectRatio: string): boolean => {
  const [width = 0, height = 1] = aspectRatio.split(':').map(Number);
  return Math.abs(widthPixels - (heightPixels * width) / height) <= roundingPixels;
};

/** Rungs that are not below the one before them. */
const outOfOrder = (rungs: readonly CustomRung[], of: (rung: CustomRung) => number, isStrict: boolean): readonly CustomRung[] =>
  rungs.filter((rung, index) => {
    const before = rungs[index - 1];
    return before !== undefined && (of(rung) > of(before) || (isStrict && of(rung) === of(before)));
  });

const unfit = ({ rungs, aspectRatio }: CustomLadder): readonly CustomRung[] => rungs.filter((rung) => !hasRatio(rung, aspectRatio));

const checks: readonly CrossCheck<CustomLadder>[] = [
  {
    condition: ({ rungs }) => repeated(rungs.map(({ name }) => name)).length > 0,
    message: ({ rungs }) => ({ field: 'ladder.rungs', wrong: 'two rungs have the same name', got: repeated(rungs.map(({ name }) => name)), allowed: 'each name once', change: 'rename all but one' }),
  },
  {
    condition: ({ rungs }) => outOfOrder(rungs, ({ videoBitsPerSecond }) => videoBitsPerSecond, true).length > 0,
    message: ({ rungs }) => ({
      field: 'ladder.rungs',
      wrong: 'bit rates do not descend',
      got: rungs.map(({ videoBitsPerSecond }) => videoBitsPerSecond),
      allowed: 'each below the one before it: the first rung is archived, and players step down in order',
      change: 'order the rungs, the best first',
    }),
  },
  {
    condition: ({ rungs }) => outOfOrder(rungs, ({ heightPixels }) => heightPixels, false).length > 0,
    message: ({ rungs }) => ({
      field: 'ladder.rungs',
      wrong: 'a rung has a larger picture than one with a higher bit rate',
      got: rungs.map(({ heightPixels }) => heightPixels),
      allowed: 'heights that do not grow',
      change: 'order the rungs, the best first',
    }),
  },
  {
    condition: (ladder) => unfit(ladder).length > 0,
    message: (ladder) => ({
      field: 'ladder.rungs',
      wrong: `pictures of ${unfit(ladder).map(({ name }) => name).join(', ')} would be distorted: pixels are square`,
      got: unfit(ladder).map(({ widthPixels, heightPixels }) => `${widthPixels}x${heightPixels}`),
      allowed: `pictures of ${ladder.aspectRatio}, to ${roundingPixels} pixels`,
      change: 'correct the sizes, or declare ladder.aspectRatio',
    }),
  },
];

/** Every rule between the rungs of a ladder that it breaks; fields are relative to the pipeline. */
export const ladderProblems = (ladder: CustomLadder): readonly ConfigurationProblem[] => brokenRules(checks, ladder);
