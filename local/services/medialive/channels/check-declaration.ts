import type { ControlPlane } from '../control-plane.ts';
import { conflict, unprocessable } from '../faults.ts';
import { attachmentsOf, channelsOfInput, inputClassOf, type ChannelDeclaration, type InputRecord, type MediaLiveRecords } from '../records.ts';
import { reasonOf } from '../run/encoded-piece.ts';
import { Problems } from '../settings/problems.ts';
import { readChannelPlan } from '../settings/read-channel-plan.ts';

/**
 * Checks a declaration against what exists.
 * @throws UnprocessableEntityException with every element that cannot run, ConflictException for an input in use
 */
export const checkDeclaration = ({ records, roles }: Pick<ControlPlane, 'records' | 'roles'>, declaration: ChannelDeclaration, ownId?: string): void => {
  const read = readChannelPlan(declaration);
  if ('problems' in read) throw unprocessable(read.problems);
  const problems = new Problems();
  checkInputs(records, declaration, problems);
  checkPair(records, declaration, problems);
  if (problems.found.length > 0) throw unprocessable(problems.found);
  for (const { InputId = '' } of attachmentsOf(declaration)) {
    const other = channelsOfInput(records, InputId).find(({ id }) => id !== ownId);
    if (other !== undefined) throw conflict(`input ${InputId} is attached to channel ${other.id} already`);
  }
  try {
    roles.assume(read.plan.roleArn, 'medialive.amazonaws.com', 'validation');
  } catch (error) {
    throw unprocessable([{ elementPath: '/roleArn', message: reasonOf(error) }]);
  }
};

const checkInputs = (records: MediaLiveRecords, declaration: ChannelDeclaration, problems: Problems): void => {
  for (const [index, { InputId = '' }] of attachmentsOf(declaration).entries()) {
    const path = `/inputAttachments[${index}]/inputId`;
    const input = records.inputs.get(InputId);
    if (input === undefined) problems.add(path, `input ${InputId} does not exist`);
    else if (declaration.ChannelClass !== 'SINGLE_PIPELINE' && inputClassOf(input) !== 'STANDARD') {
      problems.add(path, `input ${InputId} is of class SINGLE_PIPELINE, expected STANDARD as the channel is: give it two stream names, or make the channel SINGLE_PIPELINE`);
    }
  }
};

/** Inputs of a failover pair are alike: https://docs.aws.amazon.com/medialive/latest/ug/automatic-input-failover.html */
const checkPair = (records: MediaLiveRecords, declaration: ChannelDeclaration, problems: Problems): void => {
  for (const [index, { InputId = '', AutomaticInputFailoverSettings: failover }] of attachmentsOf(declaration).entries()) {
    const [primary, secondary] = [records.inputs.get(InputId), records.inputs.get(failover?.SecondaryInputId ?? '')];
    if (primary === undefined || secondary === undefined) continue;
    const path = `/inputAttachments[${index}]/automaticInputFailoverSettings/secondaryInputId`;
    for (const difference of differencesOf(primary, secondary)) problems.add(path, `inputs ${primary.id} and ${secondary.id} of the pair differ in ${difference}: make them alike`);
  }
};

const differencesOf = (one: InputRecord, other: InputRecord): readonly string[] => [
  ...(one.type === other.type ? [] : [`type (${one.type}, ${other.type})`]),
  ...(inputClassOf(one) === inputClassOf(other) ? [] : [`class (${inputClassOf(one)}, ${inputClassOf(other)})`]),
];
