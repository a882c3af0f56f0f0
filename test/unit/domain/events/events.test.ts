import { createEvent } from '../../../../lambda/domain/events/create-event.ts';
import { getEvent, listEvents } from '../../../../lambda/domain/events/read-events.ts';
import { updateEvent } from '../../../../lambda/domain/events/update-event.ts';
import { bookedShow, createdEvent } from '../../../support/shows/a-booked-show.ts';
import { aCaller } from '../../../support/shows/a-plan.ts';
import { showWorld } from '../../../support/shows/show-world.ts';

const operator = aCaller({ accountId: 'PLATFORM', role: 'OPERATOR' });

describe('events', () => {
  it('belong to the account of who creates them', async () => {
    const world = showWorld();

    const event = await createdEvent(world, aCaller({ accountId: 'acc_a' }));

    expect(event.accountId).toBe('acc_a');
    expect(await getEvent(world.deps)(operator, event.eventId)).toEqual(event);
    await expect(getEvent(world.deps)(aCaller(), event.eventId)).rejects.toMatchObject({ code: 'event-not-found' });
  });

  it('rejects an end before the start', async () => {
    const times = { startsAt: '2026-11-23T10:00:00.000Z', endsAt: '2026-11-23T10:00:00.000Z' };

    await expect(createEvent(showWorld().deps)({ caller: aCaller(), name: 'x', ...times })).rejects.toMatchObject({ fields: [{ field: '/endsAt' }] });
  });

  it('are listed of the caller, and for the operator of the account named', async () => {
    const { deps, ...world } = showWorld();
    const event = await createdEvent({ deps, ...world });

    expect((await listEvents(deps)(aCaller(), { limit: 10 })).items).toEqual([event]);
    expect((await listEvents(deps)(aCaller({ accountId: 'acc_other' }), { limit: 10 }, 'acc_mine')).items).toEqual([]);
    expect((await listEvents(deps)(operator, { limit: 10 }, 'acc_mine')).items).toEqual([event]);
    await expect(listEvents(deps)(operator, { limit: 10 })).rejects.toMatchObject({ fields: [{ field: 'accountId' }] });
  });

  it('keep their breakouts inside when they change', async () => {
    const world = showWorld();
    const { eventId } = await createdEvent(world);
    const { breakoutId } = await bookedShow(world, { eventId });
    const update = updateEvent(world.deps);

    expect(await update({ caller: aCaller(), eventId, changes: { endsAt: '2026-11-23T11:00:00.000Z' } })).toMatchObject({ revision: 2 });
    await expect(update({ caller: aCaller(), eventId, changes: { endsAt: '2026-11-23T10:59:59.000Z' } })).rejects.toMatchObject({
      code: 'breakouts-outside-event',
      details: { breakouts: [{ breakoutId }] },
    });
  });

  it('keep their breakouts inside when both change at once', async () => {
    const world = showWorld();
    const { eventId } = await createdEvent(world);

    const results = await Promise.allSettled([
      updateEvent(world.deps)({ caller: aCaller(), eventId, changes: { endsAt: '2026-11-23T10:30:00.000Z' } }),
      bookedShow(world, { eventId }),
    ]);

    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });
});
