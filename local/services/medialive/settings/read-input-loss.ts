import type { InputLossBehavior } from '@aws-sdk/client-medialive';
import type { InputLossPlan } from './channel-plan.ts';
import type { Problems } from './problems.ts';

const path = '/encoderSettings/globalConfiguration/inputLossBehavior';
const longestMilliseconds = 1_000_000;
/** A duration of 1,000,000 ms stands for ever: https://docs.aws.amazon.com/medialive/latest/ug/feature-input-loss.html */
const defaults = { repeatFrame: 1_000, blackFrame: 1_000, rgb: '000000' } as const;

/** What viewers see while no input comes. */
export const readInputLoss = (behaviour: InputLossBehavior = {}, problems: Problems): InputLossPlan => {
  const duration = (at: string, value: number): number => {
    if (value < 0 || value > longestMilliseconds) problems.add(`${path}/${at}`, `got ${value}, expected 0 to ${longestMilliseconds}`);
    return value >= longestMilliseconds ? Number.POSITIVE_INFINITY : value;
  };
  return {
    repeatFrameMilliseconds: duration('repeatFrameMsec', behaviour.RepeatFrameMsec ?? defaults.repeatFrame),
    blackFrameMilliseconds: duration('blackFrameMsec', behaviour.BlackFrameMsec ?? defaults.blackFrame),
    image: readImage(behaviour, problems),
  };
};

const readImage = ({ InputLossImageType: type, InputLossImageColor: rgb = defaults.rgb, InputLossImageSlate: slate }: InputLossBehavior, problems: Problems): InputLossPlan['image'] => {
  if (type === 'SLATE') {
    const url = slate?.Uri ?? '';
    if (!/^s3(?:ssl)?:\/\/[a-z0-9-]+\/.+\.(png|bmp)$/i.test(url)) problems.add(`${path}/inputLossImageSlate/uri`, `got ${JSON.stringify(url)}, expected s3ssl://<bucket>/<path> of a .png or .bmp`);
    return { kind: 'SLATE', url };
  }
  if (!/^[0-9A-Fa-f]{6}$/.test(rgb)) problems.add(`${path}/inputLossImageColor`, `got ${JSON.stringify(rgb)}, expected six hexadecimal digits RRGGBB`);
  return { kind: 'COLOR', rgb };
};
