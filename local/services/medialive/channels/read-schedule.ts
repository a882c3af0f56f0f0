import type { ScheduleAction } from '@aws-sdk/client-medialive';
import type { ChannelDeclaration } from '../records.ts';
import { attachmentsOf } from '../records.ts';
import type { Problems } from '../settings/problems.ts';

/** https://docs.aws.amazon.com/medialive/latest/ug/eml-limitations-and-rules.html */
const mostActions = 1500;

/** Adds every reason why actions cannot join a schedule. */
export const checkActions = (declaration: ChannelDeclaration, kept: readonly ScheduleAction[], created: readonly ScheduleAction[], problems: Problems): void => {
  if (kept.length + created.length > mostActions) problems.add('/creates/scheduleActions', `${kept.length + created.length} actions, expected at most ${mostActions}: delete those that are over`);
  for (const [index, action] of created.entries()) {
    const path = `/creates/scheduleActions[${index}]`;
    const name = action.ActionName ?? '';
    if (name === '') problems.add(`${path}/actionName`, 'missing');
    if ([...kept, ...created.slice(0, index)].some(({ ActionName }) => ActionName === name)) problems.add(`${path}/actionName`, `${name} is in the schedule already: names are unique`);
    checkStart(action, path, problems);
    checkSwitch(declaration, action, path, problems);
  }
};

const checkStart = ({ ScheduleActionStartSettings: start }: ScheduleAction, path: string, problems: Problems): void => {
  if (start?.ImmediateModeScheduleActionStartSettings !== undefined && Object.keys(start).length === 1) return;
  problems.add(`${path}/scheduleActionStartSettings`, 'only ImmediateModeScheduleActionStartSettings: local mode starts actions at once');
};

const checkSwitch = (declaration: ChannelDeclaration, { ScheduleActionSettings: settings }: ScheduleAction, path: string, problems: Problems): void => {
  const change = settings?.InputSwitchSettings;
  const others = Object.entries(settings ?? {}).flatMap(([name, value]) => (name === 'InputSwitchSettings' || value === undefined ? [] : [name]));
  if (others.length > 0 || change === undefined) problems.add(`${path}/scheduleActionSettings`, `got ${others.join(', ') || 'nothing'}, expected InputSwitchSettings: local mode switches inputs only`);
  if (change === undefined) return;
  const at = `${path}/scheduleActionSettings/inputSwitchSettings`;
  if (change.InputClippingSettings !== undefined || (change.UrlPath ?? []).length > 0) problems.add(at, 'InputClippingSettings and UrlPath are for file inputs: remove them');
  const attachments = attachmentsOf(declaration);
  const names = attachments.flatMap(({ InputAttachmentName }) => (InputAttachmentName === undefined ? [] : [InputAttachmentName]));
  if (!names.includes(change.InputAttachmentNameReference ?? '')) problems.add(`${at}/inputAttachmentNameReference`, `${change.InputAttachmentNameReference ?? '(none)'} is not the name of an attachment: there are ${names.join(', ') || 'none'}`);
  // https://docs.aws.amazon.com/medialive/latest/ug/aif-and-input-switching-failoverpair.html
  if (attachments.some(({ AutomaticInputFailoverSettings }) => AutomaticInputFailoverSettings?.InputPreference === 'PRIMARY_INPUT_PREFERRED')) {
    problems.add(`${at}/inputAttachmentNameReference`, 'the failover pair prefers its primary input: inputs can be switched by the schedule only with EQUAL_INPUT_PREFERENCE');
  }
};
