import fc from 'fast-check';
import { systemClock } from '../../../../../local/runtime/clock.ts';
import type { ServiceEvent } from '../../../../../local/runtime/ports.ts';
import { AlertBoard } from '../../../../../local/services/medialive/run/alert-board.ts';
import { alertTypes } from '../../../../../local/services/medialive/run/alert-types.ts';

const types = Object.values(alertTypes);

const aStep = fc.record({ isRaised: fc.boolean(), pipeline: fc.constantFrom('0', '1'), type: fc.constantFrom(...types.slice(0, 3)), subject: fc.constantFrom('primary', 'backup') });

describe('an alert board', () => {
  it('sets and clears in turn, whatever is raised and cleared', () => {
    fc.assert(fc.property(fc.array(aStep, { maxLength: 60 }), (steps) => {
      const events: ServiceEvent[] = [];
      const board = new AlertBoard({ emit: (event) => void events.push(event) }, systemClock, 'arn:channel');

      for (const { isRaised, pipeline, type, subject } of steps) {
        const alerts = board.ofPipeline(pipeline);
        if (isRaised) alerts.raise(type, subject, 'why');
        else alerts.clear(type, subject);
      }
      const active = board.activeCount('0') + board.activeCount('1');
      const listed = board.list('SET').length;
      board.clearAll();

      const byId = Map.groupBy(events, ({ detail }) => String(detail['alarm_id']));
      expect([...byId.values()].every((pair) => pair.map(({ detail }) => detail['alarm_state']).join() === 'SET,CLEARED')).toBe(true);
      expect(listed).toBe(active);
      expect(board.list('CLEARED')).toHaveLength(byId.size);
      expect(board.list('SET')).toEqual([]);
    }));
  });

  it('forgets all but the newest 500 that were cleared', () => {
    const board = new AlertBoard({ emit: () => undefined }, systemClock, 'arn:channel');
    const alerts = board.ofPipeline('0');

    for (let turn = 0; turn < 600; turn += 1) {
      alerts.raise(alertTypes.blackVideo, 'primary', `turn ${turn}`);
      alerts.clear(alertTypes.blackVideo, 'primary');
    }

    const left = board.list('ALL');
    expect(left).toHaveLength(500);
    expect(left.some(({ Message }) => Message === 'turn 599')).toBe(true);
    expect(left.some(({ Message }) => Message === 'turn 99')).toBe(false);
  });
});
