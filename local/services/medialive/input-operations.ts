import type * as sdk from '@aws-sdk/client-medialive';
import type { Operations } from '../../gateway/define-service.ts';
import { findUnsupported } from '../../media/declared-properties.ts';
import type { ResourceOwner } from '../../runtime/resource-owner.ts';
import { arnOf } from './arns.ts';
import type { ControlPlane } from './control-plane.ts';
import { badRequest, conflict, notFound } from './faults.ts';
import { channelsOfInput, type InputRecord, type MediaLiveRecords } from './records.ts';
import { inputProperties } from './settings/channel-properties.ts';

/** Operations on inputs: RTMP push, whose stream names may change while their channel is idle. */
export const inputOperations = ({ records, newId, ingestPort }: ControlPlane): Operations<typeof sdk> => {
  const existing = (id: string): InputRecord => {
    const input = records.inputs.get(id);
    if (input === undefined) throw notFound('input', id);
    return input;
  };
  const permission = (action: string) => (input: { readonly InputId: string }, owner: ResourceOwner) =>
    [{ action: `medialive:${action}`, resources: [arnOf(owner, 'input', input.InputId)] }];
  const shown = (input: InputRecord, owner: ResourceOwner) => describeInput(records, input, owner, ingestPort());

  return {
    CreateInput: {
      permissions: (_, owner) => [{ action: 'medialive:CreateInput', resources: [arnOf(owner, 'input')] }],
      handle: (input, owner) => {
        const earlier = [...records.inputs.values()].find(({ requestId }) => requestId !== undefined && requestId === input.RequestId);
        if (earlier !== undefined) return { Input: shown(earlier, owner) };
        refuseUnsupported(input);
        if (input.Type === undefined) throw badRequest('Type is missing: local mode takes RTMP_PUSH');
        const created: InputRecord = {
          id: newId(), name: input.Name ?? '', tags: input.Tags ?? {},
          streamNames: streamNamesOf(input.Destinations), securityGroupIds: knownGroups(records, input.InputSecurityGroups),
          ...(input.RequestId === undefined ? {} : { requestId: input.RequestId }),
        };
        records.inputs.put(created.id, created);
        return { Input: shown(created, owner) };
      },
    },
    UpdateInput: {
      permissions: permission('UpdateInput'),
      handle: (input, owner) => {
        const before = existing(input.InputId);
        refuseUnsupported(input);
        const busy = channelsOfInput(records, before.id).find(({ state }) => state !== 'IDLE');
        if (busy !== undefined) throw conflict(`cannot update input ${before.id}: its channel ${busy.id} is ${busy.state}, expected IDLE`);
        const updated: InputRecord = {
          ...before, name: input.Name ?? before.name,
          streamNames: input.Destinations === undefined ? before.streamNames : streamNamesOf(input.Destinations),
          securityGroupIds: input.InputSecurityGroups === undefined ? before.securityGroupIds : knownGroups(records, input.InputSecurityGroups),
        };
        records.inputs.put(updated.id, updated);
        return { Input: shown(updated, owner) };
      },
    },
    DescribeInput: { permissions: permission('DescribeInput'), handle: ({ InputId }, owner) => shown(existing(InputId), owner) },
    ListInputs: {
      permissions: (_, owner) => [{ action: 'medialive:ListInputs', resources: [arnOf(owner, 'input')] }],
      handle: (_, owner) => ({ Inputs: [...records.inputs.values()].map((input) => shown(input, owner)) }),
    },
    DeleteInput: {
      permissions: permission('DeleteInput'),
      handle: ({ InputId }) => {
        existing(InputId);
        const [channel] = channelsOfInput(records, InputId);
        if (channel !== undefined) throw conflict(`cannot delete input ${InputId}: it is ATTACHED to channel ${channel.id}, expected DETACHED`);
        records.inputs.delete(InputId);
        return {};
      },
    },
  };
};

const refuseUnsupported = (input: object): void => {
  const problems = findUnsupported(inputProperties, input);
  if (problems.length > 0) throw badRequest(problems.map(({ elementPath, message }) => `${elementPath}: ${message}`).join('; '));
};

const streamNamesOf = (destinations: readonly { readonly StreamName?: string | undefined }[] = []): readonly string[] => {
  const names = destinations.map(({ StreamName = '' }) => StreamName);
  if (names.length !== 1 && names.length !== 2) throw badRequest(`Destinations has ${names.length} stream names: expected one, or two for a STANDARD input`);
  for (const name of names) {
    if (!/^[A-Za-z0-9_-]+\/[A-Za-z0-9_-]+$/.test(name)) throw badRequest('a StreamName is not of the form applicationName/applicationInstance (letters, digits, "-", "_")');
  }
  return names;
};

const knownGroups = (records: MediaLiveRecords, ids: readonly string[] = []): readonly string[] => {
  if (ids.length === 0) throw badRequest('InputSecurityGroups is empty: a push input needs one');
  for (const id of ids) if (records.securityGroups.get(id) === undefined) throw badRequest(`input security group ${id} does not exist`);
  return ids;
};

const describeInput = (records: MediaLiveRecords, input: InputRecord, owner: ResourceOwner, port: number) => {
  const channels = channelsOfInput(records, input.id).map(({ id }) => id);
  return {
    Id: input.id,
    Arn: arnOf(owner, 'input', input.id),
    Name: input.name,
    Type: 'RTMP_PUSH' as const,
    State: channels.length > 0 ? 'ATTACHED' as const : 'DETACHED' as const,
    InputClass: input.streamNames.length === 2 ? 'STANDARD' as const : 'SINGLE_PIPELINE' as const,
    InputSourceType: 'STATIC' as const,
    AttachedChannels: channels,
    SecurityGroups: [...input.securityGroupIds],
    Destinations: input.streamNames.map((name) => ({ Ip: '127.0.0.1', Port: String(port), Url: `rtmp://127.0.0.1:${port}/${name}` })),
    Sources: [],
    Tags: { ...input.tags },
  };
};
