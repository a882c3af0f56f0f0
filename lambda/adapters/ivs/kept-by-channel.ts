// IVS takes five calls a second of an operation, of all that an AWS account does in a Region:
// https://docs.aws.amazon.com/ivs/latest/LowLatencyUserGuide/service-quotas.html
const keptMilliseconds = 5_000;

/**
 * Answers within five seconds what was read of a channel before, so that however many look at a show, whoever arms and
 * stops channels is not throttled. What is undefined, and what failed, is asked for again.
 */
export const keptByChannel = <Answer>(read: (channelArn: string) => Promise<Answer>, now: () => number): ((channelArn: string) => Promise<Answer>) => {
  const kept = new Map<string, { readonly answer: Promise<Answer>; readonly until: number }>();
  const ask = async (channelArn: string): Promise<Answer> => {
    try {
      const answer = await read(channelArn);
      if (answer === undefined) kept.delete(channelArn);
      return answer;
    } catch (error) {
      kept.delete(channelArn);
      throw error;
    }
  };
  return (channelArn) => {
    const known = kept.get(channelArn);
    if (known !== undefined && now() < known.until) return known.answer;
    const answer = ask(channelArn);
    kept.set(channelArn, { answer, until: now() + keptMilliseconds });
    return answer;
  };
};
