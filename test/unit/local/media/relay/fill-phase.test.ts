import { fillPhase } from '../../../../../local/media/relay/fill-phase.ts';

const behaviour = { repeatFrameMilliseconds: 1000, blackFrameMilliseconds: 500, image: { kind: 'COLOR', rgb: '000000' } } as const;

describe('what is shown without input', () => {
  it.each([[0, 'REPEAT'], [999, 'REPEAT'], [1000, 'BLACK'], [1499, 'BLACK'], [1500, 'IMAGE'], [1e9, 'IMAGE']] as const)('is after %d ms: %s', (quiet, phase) => {
    expect(fillPhase(quiet, behaviour)).toBe(phase);
  });
});
