import { keptByChannel } from '../../../../lambda/adapters/ivs/kept-by-channel.ts';

const reading = (answers: readonly (Promise<string | undefined> | string | undefined)[]) => {
  const clock = { at: 0 };
  const asked: string[] = [];
  const read = keptByChannel(async (channelArn) => answers[asked.push(channelArn) - 1], () => clock.at);
  return { clock, asked, read };
};

describe('what is kept of a channel', () => {
  it('answers for five seconds, of each channel its own', async () => {
    const { clock, asked, read } = reading(['a', 'b', 'c']);
    const answers = [await read('one'), await read('one'), await read('other')];
    clock.at = 5_000;

    expect([...answers, await read('one')]).toEqual(['a', 'a', 'b', 'c']);
    expect(asked).toEqual(['one', 'other', 'one']);
  });

  it('asks once for all who ask at once', async () => {
    const { asked, read } = reading(['a']);

    expect(await Promise.all([read('one'), read('one')])).toEqual(['a', 'a']);
    expect(asked).toHaveLength(1);
  });

  it('does not keep that there is nothing, nor a failure', async () => {
    const { read } = reading([undefined, Promise.reject(new Error('throttled')), 'a']);

    expect(await read('one')).toBeUndefined();
    await expect(read('one')).rejects.toThrow('throttled');
    expect(await read('one')).toBe('a');
  });
});
