import { withChangedToken } from '../../../../scripts/demo/refusals.ts';

describe('a changed token', () => {
  it.each([['abcA', 'abcB'], ['abcQ', 'abcA']])('of %s is %s, at the same place', (token, changed) => {
    const url = withChangedToken(`https://x.test/api/v1/playback.m3u8?player=1&token=${token}`);

    expect(url).toBe(`https://x.test/api/v1/playback.m3u8?player=1&token=${changed}`);
  });
});
