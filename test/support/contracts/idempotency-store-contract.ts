import type { IdempotencyStore } from '../../../lambda/domain/shared/idempotency.ts';
import { newId } from '../shows/a-plan.ts';

const response = { status: 201, headers: { ETag: '"1"' }, body: '{}' };

/** What every memory of idempotency keys does. `advance` moves the store's clock. */
export const describeIdempotencyStoreContract = (store: () => IdempotencyStore, advance: (milliseconds: number) => void): void => {
  const aRequest = () => ({ accountId: 'acc_mine', key: newId('event'), fingerprint: 'a' });

  it('lets one of many carry the request out', async () => {
    const request = aRequest();

    const claims = await Promise.all(Array.from({ length: 5 }, () => store().claim(request)));

    expect(claims.map(({ outcome }) => outcome).sort()).toEqual(['IN_PROGRESS', 'IN_PROGRESS', 'IN_PROGRESS', 'IN_PROGRESS', 'STARTED']);
  });

  it('answers the response once there is one', async () => {
    const request = aRequest();
    await store().claim(request);
    await store().complete(request, response);

    expect(await store().claim(request)).toEqual({ outcome: 'COMPLETED', response });
  });

  it('tells another request with the same key apart', async () => {
    const request = aRequest();
    await store().claim(request);

    expect(await store().claim({ ...request, fingerprint: 'b' })).toEqual({ outcome: 'OTHER_REQUEST' });
    expect(await store().claim({ ...request, accountId: 'acc_other' })).toEqual({ outcome: 'STARTED' });
  });

  it('forgets a request that was abandoned, by its maker or by its death', async () => {
    const request = aRequest();
    await store().claim(request);
    await store().abandon(request);
    expect(await store().claim(request)).toEqual({ outcome: 'STARTED' });

    advance(61_000);

    expect(await store().claim(request)).toEqual({ outcome: 'STARTED' });
  });

  it('forgets a response after a day', async () => {
    const request = aRequest();
    await store().claim(request);
    await store().complete(request, response);

    advance(24 * 3_600_000);

    expect(await store().claim({ ...request, fingerprint: 'b' })).toEqual({ outcome: 'STARTED' });
  });
};
