import { monotonicFactory } from 'ulidx';

const prefixes = { account: 'acc', event: 'evt', breakout: 'bko', recording: 'rec', share: 'shr' } as const;

/** Things that get an id at run time. Pipelines get theirs (`pl_…`) in the stage configuration. */
export type Identified = keyof typeof prefixes;

/** Makes ids `<prefix>_<ULID>`, which sort by time of creation. */
export type NewId = (thing: Identified) => string;

/** Makes ids that sort strictly, even within a millisecond. */
export const idsFrom = (now: () => number): NewId => {
  const ulid = monotonicFactory();
  return (thing) => `${prefixes[thing]}_${ulid(now())}`;
};
