import type { FailoverConditionSettings } from '@aws-sdk/client-medialive';
import { Problems } from '../../../../../local/services/medialive/settings/problems.ts';
import { readInputLoss } from '../../../../../local/services/medialive/settings/read-input-loss.ts';
import { readInputs } from '../../../../../local/services/medialive/settings/read-inputs.ts';

const attachment = (name: string, InputId: string) => ({ InputAttachmentName: name, InputId, InputSettings: { AudioSelectors: [{ Name: 'default' }] } });
const failoverOf = (...conditions: FailoverConditionSettings[]) =>
  readInputs({ InputAttachments: [{ ...attachment('primary', '1'), AutomaticInputFailoverSettings: { SecondaryInputId: '2', FailoverConditions: conditions.map((one) => ({ FailoverConditionSettings: one })) } }, attachment('backup', '2')] }, new Problems()).failover;

describe('the inputs of a declaration', () => {
  it('begin with the primary, wherever it is attached', () => {
    const { inputs } = readInputs({ InputAttachments: [attachment('backup', '2'), { ...attachment('primary', '1'), AutomaticInputFailoverSettings: { SecondaryInputId: '2' } }] }, new Problems());

    expect(inputs).toEqual([{ inputId: '1', name: 'primary' }, { inputId: '2', name: 'backup' }]);
  });

  it('watch the loss of input when no condition is declared', () => {
    expect(failoverOf()).toEqual({ preference: 'EQUAL_INPUT_PREFERENCE', errorClearMilliseconds: 30_000, inputLossMilliseconds: 3000 });
  });

  it('watch only what is declared', () => {
    expect(failoverOf({ VideoBlackSettings: {} }, { AudioSilenceSettings: { AudioSelectorName: 'default', AudioSilenceThresholdMsec: 4000 } })).toEqual({
      preference: 'EQUAL_INPUT_PREFERENCE', errorClearMilliseconds: 30_000, videoBlack: { detectThreshold: 0.1, milliseconds: 1000 }, audioSilence: { milliseconds: 4000 },
    });
  });

  it('go by their id without a name', () => {
    expect(readInputs({ InputAttachments: [{ InputId: '7' }] }, new Problems()).inputs).toEqual([{ inputId: '7', name: '7' }]);
  });
});

describe('the behaviour on input loss', () => {
  it('repeats for a second, then shows black for good', () => {
    expect(readInputLoss({}, new Problems())).toEqual({ repeatFrameMilliseconds: 1000, blackFrameMilliseconds: 1000, image: { kind: 'COLOR', rgb: '000000' } });
  });

  it('takes a million milliseconds for ever', () => {
    expect(readInputLoss({ RepeatFrameMsec: 1_000_000 }, new Problems()).repeatFrameMilliseconds).toBe(Number.POSITIVE_INFINITY);
  });
});
