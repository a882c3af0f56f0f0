/** Whether attendees may watch. */
export type Curtain = 'UP' | 'DOWN';

/** The curtain of a breakout that has none of its own: a show that runs is shown. */
export const curtainOf = ({ curtain }: { readonly curtain?: Curtain }): Curtain => curtain ?? 'UP';
