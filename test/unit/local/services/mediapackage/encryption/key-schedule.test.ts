import fc from 'fast-check';
import { keyIdOf, KeyProviderError, type ContentKey, type KeyRequest } from '../../../../../../local/services/mediapackage/encryption/content-key.ts';
import { KeySchedule } from '../../../../../../local/services/mediapackage/encryption/key-schedule.ts';
import { manualClock, settled } from '../../../../../support/manual-clock.ts';

const rotationMilliseconds = 60_000;

const aSchedule = (rotation = rotationMilliseconds) => {
  const clock = manualClock();
  const asked: KeyRequest[] = [];
  const faults: string[] = [];
  const server = { isDown: false };
  const provider = {
    fetchKey: async (request: KeyRequest): Promise<ContentKey> => {
      asked.push(request);
      await settled(1);
      if (server.isDown) throw new KeyProviderError('the key server did not answer');
      return { key: Buffer.alloc(16, request.keyId), uri: `https://keys/${request.keyId}` };
    },
  };
  const schedule = new KeySchedule({ resourceId: 'show', rotationMilliseconds: rotation, provider, clock, onFault: (message) => void faults.push(message) });
  return { schedule, clock, asked, faults, server };
};

const uriOf = (period: number | undefined): string => `https://keys/${keyIdOf('show', period)}`;
const segment = (number: number) => ({ number, startsAt: number * 6000 });

describe('the keys of segments', () => {
  it('changes with the period of a segment\'s start', async () => {
    const { schedule } = aSchedule();

    const uris = await Promise.all([segment(1), segment(9), segment(10), segment(19), segment(20)].map(async (asked) => (await schedule.keyOf(asked)).uri));

    expect(uris).toEqual([uriOf(0), uriOf(0), uriOf(1), uriOf(1), uriOf(2)]);
  });

  it('keeps one key for ever without rotation', async () => {
    const { schedule, asked } = aSchedule(0);

    const uris = await Promise.all([segment(1), segment(1000)].map(async (one) => (await schedule.keyOf(one)).uri));

    expect(uris).toEqual([uriOf(undefined), uriOf(undefined)]);
    expect(asked).toEqual([{ keyId: keyIdOf('show', undefined) }]);
  });

  it('asks for each key once, and for the next ahead', async () => {
    const { schedule, asked } = aSchedule();

    await Promise.all([schedule.keyOf(segment(1)), schedule.keyOf(segment(1)), schedule.keyOf(segment(2))]);
    await settled();

    expect(asked.map(({ period }) => period)).toEqual([0, 1]);
  });

  it('goes on with the last key while none can be had', async () => {
    const { schedule, server, faults, clock } = aSchedule();
    await schedule.keyOf(segment(1));
    await settled();
    server.isDown = true;

    const later = await schedule.keyOf(segment(20));
    server.isDown = false;
    await clock.advance(5000);
    const recovered = await schedule.keyOf(segment(21));
    const again = await schedule.keyOf(segment(20));

    expect([later.uri, recovered.uri, again.uri]).toEqual([uriOf(1), uriOf(2), uriOf(1)]);
    expect(faults).toEqual(['the key server did not answer']);
  });

  it('rejects while no key was ever had', async () => {
    const { schedule, server, clock } = aSchedule();
    server.isDown = true;

    await expect(schedule.keyOf(segment(1))).rejects.toThrow(KeyProviderError);
    server.isDown = false;
    await expect(schedule.keyOf(segment(1))).rejects.toThrow('no key yet');
    await clock.advance(5000);

    expect((await schedule.keyOf(segment(1))).uri).toBe(uriOf(0));
  });

  it('leaves a key server that failed alone for a while', async () => {
    const { schedule, server, asked, clock } = aSchedule();
    server.isDown = true;

    for (let asking = 0; asking < 10; asking += 1) await schedule.keyOf(segment(asking)).catch(() => undefined);
    await clock.advance(5000);
    await schedule.keyOf(segment(1)).catch(() => undefined);

    expect(asked).toHaveLength(2);
  });

  it('keeps every segment under the key it was given out with', async () => {
    const event = fc.oneof(
      fc.record({ ask: fc.nat(60) }),
      fc.record({ isDown: fc.boolean() }),
      fc.record({ pass: fc.nat(10_000) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(event, { maxLength: 40 }), async (events) => {
        const { schedule, server, clock } = aSchedule();
        const given = new Map<number, string>();
        for (const happened of events) {
          if ('isDown' in happened) server.isDown = happened.isDown;
          else if ('pass' in happened) await clock.advance(happened.pass);
          else {
            const key = await schedule.keyOf(segment(happened.ask)).catch(() => undefined);
            const before = given.get(happened.ask);
            if (before !== undefined) expect(key?.uri).toBe(before);
            if (key !== undefined) given.set(happened.ask, key.uri);
          }
        }
      }),
      { numRuns: 50 },
    );
  });
});
