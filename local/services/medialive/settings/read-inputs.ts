import type { AutomaticInputFailoverSettings, FailoverConditionSettings, InputAttachment } from '@aws-sdk/client-medialive';
import type { FailoverSettings } from '../../../media/relay/failover-settings.ts';
import type { ChannelDeclaration } from '../records.ts';
import type { AttachedInput } from './channel-plan.ts';
import type { Problems } from './problems.ts';

/** Both kinds that exist here are push inputs, of which a channel takes two. */
const mostPushInputs = 2;

/** What applies where a declaration is silent: https://docs.aws.amazon.com/medialive/latest/ug/automatic-input-failover.html */
const defaults = { errorClear: 30_000, inputLoss: 3_000, blackDetect: 0.1, black: 1_000, silence: 1_000 } as const;

/** The inputs of a channel in order of preference, and how it fails over between them. Whether they exist is not asked here. */
export const readInputs = ({ InputAttachments }: ChannelDeclaration, problems: Problems): { readonly inputs: readonly AttachedInput[]; readonly failover?: FailoverSettings } => {
  const attachments = InputAttachments ?? [];
  if (attachments.length > mostPushInputs) problems.add('/inputAttachments', `${attachments.length} push inputs, expected at most ${mostPushInputs}`);
  for (const [index, attachment] of attachments.entries()) checkAttachment(attachments, attachment, index, problems);
  const inputs = attachments.map(({ InputId = '', InputAttachmentName: name = InputId }) => ({ inputId: InputId, name }));
  const primaryAt = attachments.findIndex(({ AutomaticInputFailoverSettings }) => AutomaticInputFailoverSettings !== undefined);
  const [primary, settings] = [attachments[primaryAt], attachments[primaryAt]?.AutomaticInputFailoverSettings];
  if (primary === undefined || settings === undefined) return { inputs };
  const path = `/inputAttachments[${primaryAt}]/automaticInputFailoverSettings`;
  checkPair(attachments, primary, path, problems);
  return { inputs: primaryAt === 0 ? inputs : inputs.toReversed(), failover: readFailover(settings, primary, path, problems) };
};

const checkAttachment = (attachments: readonly InputAttachment[], { InputAttachmentName: name, InputId }: InputAttachment, index: number, problems: Problems): void => {
  const path = `/inputAttachments[${index}]`;
  if (InputId === undefined) problems.add(`${path}/inputId`, 'missing');
  else if (attachments.findIndex((other) => other.InputId === InputId) !== index) problems.add(`${path}/inputId`, `input ${InputId} is attached twice`);
  if (attachments.length > 1 && name === undefined) problems.add(`${path}/inputAttachmentName`, 'missing: a schedule switches between inputs by it');
  else if (name !== undefined && attachments.findIndex((other) => other.InputAttachmentName === name) !== index) problems.add(`${path}/inputAttachmentName`, `${name} is the name of two attachments`);
};

const checkPair = (attachments: readonly InputAttachment[], primary: InputAttachment, path: string, problems: Problems): void => {
  const secondaryId = primary.AutomaticInputFailoverSettings?.SecondaryInputId ?? '';
  const secondary = attachments.find(({ InputId }) => InputId === secondaryId);
  if (secondaryId === primary.InputId) problems.add(`${path}/secondaryInputId`, `input ${secondaryId} is the primary itself: name the other input`);
  else if (secondary === undefined) problems.add(`${path}/secondaryInputId`, `input ${secondaryId} is not attached to this channel: attach it as an input of its own`);
  else if (secondary.AutomaticInputFailoverSettings !== undefined) problems.add(path, 'both inputs of the pair have failover settings: they belong to the primary alone');
};

const readFailover = (settings: Partial<AutomaticInputFailoverSettings>, primary: InputAttachment, path: string, problems: Problems): FailoverSettings => {
  const preference = settings.InputPreference ?? 'EQUAL_INPUT_PREFERENCE';
  const inRange = (at: string, value: number, least: number): number => {
    if (value < least) problems.add(`${path}/${at}`, `got ${value}, expected at least ${least}`);
    return value;
  };
  const conditions = (settings.FailoverConditions ?? []).map(({ FailoverConditionSettings }) => FailoverConditionSettings ?? {});
  return {
    preference,
    errorClearMilliseconds: inRange('errorClearTimeMsec', settings.ErrorClearTimeMsec ?? defaults.errorClear, 1),
    // Without a condition, loss of input is the one that is watched.
    ...(conditions.length === 0 ? { inputLossMilliseconds: defaults.inputLoss } : {}),
    ...conditions.reduce<Partial<FailoverSettings>>((all, condition, index) => ({ ...all, ...readCondition(condition, `failoverConditions[${index}]/failoverConditionSettings`, { inRange, primary, problems, path }) }), {}),
  };
};

interface ConditionReader {
  readonly inRange: (at: string, value: number, least: number) => number;
  readonly primary: InputAttachment;
  readonly problems: Problems;
  readonly path: string;
}

const readCondition = ({ InputLossSettings: loss, VideoBlackSettings: black, AudioSilenceSettings: silence }: FailoverConditionSettings, at: string, { inRange, primary, problems, path }: ConditionReader): Partial<FailoverSettings> => {
  if ([loss, black, silence].filter((one) => one !== undefined).length !== 1) problems.add(`${path}/${at}`, 'expected exactly one of InputLossSettings, VideoBlackSettings, AudioSilenceSettings');
  if (loss !== undefined) return { inputLossMilliseconds: inRange(`${at}/inputLossSettings/inputLossThresholdMsec`, loss.InputLossThresholdMsec ?? defaults.inputLoss, 100) };
  if (black !== undefined) {
    const detectThreshold = inRange(`${at}/videoBlackSettings/blackDetectThreshold`, black.BlackDetectThreshold ?? defaults.blackDetect, 0);
    if (detectThreshold > 1) problems.add(`${path}/${at}/videoBlackSettings/blackDetectThreshold`, `got ${detectThreshold}, expected at most 1`);
    return { videoBlack: { detectThreshold, milliseconds: inRange(`${at}/videoBlackSettings/videoBlackThresholdMsec`, black.VideoBlackThresholdMsec ?? defaults.black, 1000) } };
  }
  if (silence === undefined) return {};
  const selectors = (primary.InputSettings?.AudioSelectors ?? []).map(({ Name }) => Name);
  if (!selectors.includes(silence.AudioSelectorName)) problems.add(`${path}/${at}/audioSilenceSettings/audioSelectorName`, `${silence.AudioSelectorName ?? '(none)'} is not among the attachment's AudioSelectors: ${selectors.join(', ') || 'there are none'}`);
  return { audioSilence: { milliseconds: inRange(`${at}/audioSilenceSettings/audioSilenceThresholdMsec`, silence.AudioSilenceThresholdMsec ?? defaults.silence, 1000) } };
};
