import type { FailoverSettings } from '../../../../../local/media/relay/failover-settings.ts';
import { judgeInputs } from '../../../../../local/media/relay/failover-policy.ts';
import { fault, faultOf, type InputReport } from '../../../../../local/media/relay/input-health.ts';

const preferred: FailoverSettings = { preference: 'PRIMARY_INPUT_PREFERRED', errorClearMilliseconds: 30_000, inputLossMilliseconds: 3000 };
const equal: FailoverSettings = { ...preferred, preference: 'EQUAL_INPUT_PREFERENCE' };
const { none, content, loss } = fault;

describe('the choice of the input on air', () => {
  it.each([
    ['stays with a primary without fault', preferred, true, none, none, true, 60_000, undefined],
    ['leaves a lost primary', preferred, true, loss, none, true, 0, 'FAILOVER'],
    ['leaves a lost input for a black one', preferred, true, loss, content, true, 0, 'FAILOVER'],
    ['leaves a black input for a good one', equal, true, content, none, true, 0, 'FAILOVER'],
    ['stays with a black input while the other is black too', equal, true, content, content, true, 0, undefined],
    ['stays when nothing comes from the other', preferred, true, loss, none, false, 0, undefined],
    ['stays when both are lost', preferred, true, loss, loss, true, 0, undefined],
    ['waits before it goes back to the primary', preferred, false, none, none, true, 29_999, undefined],
    ['goes back to a primary that is clear', preferred, false, none, none, true, 30_000, 'FAIL_BACK'],
    ['leaves a lost backup without waiting', preferred, false, loss, none, true, 10, 'FAILOVER'],
    ['stays with the backup where both are equal', equal, false, none, none, true, 90_000, undefined],
  ] as const)('%s', (_, settings, isPrimary, activeFault, otherFault, isArriving, healthyMilliseconds, expected) => {
    const active = { fault: activeFault, isArriving: true, healthyMilliseconds: 0, isPrimary };

    expect(judgeInputs(active, { fault: otherFault, isArriving, healthyMilliseconds }, settings)).toBe(expected);
  });
});

const conditions: FailoverSettings = { ...equal, videoBlack: { detectThreshold: 0.1, milliseconds: 1000 }, audioSilence: { milliseconds: 5000 } };
const fine: InputReport = { quietMilliseconds: 10, hasHadInput: true, blackMilliseconds: 0, silentMilliseconds: 0 };

describe('the fault of an input', () => {
  it.each([
    ['none while pictures come', fine, 99_000, none],
    ['a loss when a publisher has gone', { ...fine, quietMilliseconds: Infinity }, 99_000, loss],
    ['none for a stall below the threshold', { ...fine, quietMilliseconds: 2999 }, 99_000, none],
    ['a loss for a stall at the threshold', { ...fine, quietMilliseconds: 3000 }, 99_000, loss],
    ['none while a first publisher may still come', { ...fine, quietMilliseconds: Infinity, hasHadInput: false }, 2999, none],
    ['a loss when the first publisher does not come', { ...fine, quietMilliseconds: Infinity, hasHadInput: false }, 3000, loss],
    ['its content when it is black', { ...fine, blackMilliseconds: 1000 }, 99_000, content],
    ['its content when it is silent', { ...fine, silentMilliseconds: 5000 }, 99_000, content],
  ] as const)('is %s', (_, report, sinceStart, expected) => {
    expect(faultOf(report, conditions, sinceStart)).toBe(expected);
  });

  it('is no loss where loss is no condition', () => {
    const { inputLossMilliseconds: _, ...without } = preferred;

    expect(faultOf({ ...fine, quietMilliseconds: Infinity }, without, 99_000)).toBe(none);
  });
});
