import { agentFamilies } from '../../../../../lambda/domain/audience/agent-families.ts';
import type { Watching } from '../../../../../lambda/domain/audience/audience-tally.ts';
import { sessionMemory } from '../../../../../lambda/domain/usage/access-log/session-memory.ts';

const aWatching = (sessionHigh: number, sessionLow: number): Watching => ({
  viewerHigh: 0, viewerLow: 0, sessionHigh, sessionLow, isRecording: false, isByAddress: false, minute: 0, families: agentFamilies(''), geography: 'US',
});

describe('sessionMemory', () => {
  it('knows a session again, minute by minute and place by place', () => {
    const memory = sessionMemory();
    const slot = memory.slotOf(aWatching(1, 2), 10);

    expect([memory.countedLast(slot, 5, 1), memory.countedLast(slot, 5, 1), memory.countedLast(slot, 6, 1), memory.countedLast(slot, 6, 2)]).toEqual([-1, 5, 5, -1]);
    expect(memory.countedLast(memory.slotOf(aWatching(1, 2), 10), 7, 2)).toBe(6);
  });

  it('remembers what a session watches with until its agent changes', () => {
    const memory = sessionMemory();
    const vlc = agentFamilies('VLC/3.0.20');
    memory.learn(memory.slotOf(aWatching(1, 2), 10), vlc);

    expect(memory.families(memory.slotOf(aWatching(1, 2), 10))).toBe(vlc);
    expect(memory.families(memory.slotOf(aWatching(1, 2), 11))).toBeUndefined();
  });

  it('never takes a session for another in its slot', () => {
    const memory = sessionMemory();
    const slot = memory.slotOf(aWatching(1, 2), 10);
    memory.countedLast(slot, 5, 1);

    const same = memory.slotOf(aWatching(1, 2 + 2 ** 17), 10);

    expect([same, memory.countedLast(same, 5, 1)]).toEqual([slot, -1]);
  });
});
