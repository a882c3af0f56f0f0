import type * as sdk from '@aws-sdk/client-medialive';
import type { Operations } from '../../../gateway/define-service.ts';
import type { ResourceOwner } from '../../../runtime/resource-owner.ts';
import { arnOf } from '../arns.ts';
import type { ControlPlane } from '../control-plane.ts';
import { conflict, notFound } from '../faults.ts';
import { channelsOfInput, type InputRecord } from '../records.ts';
import { describeInput } from './describe-input.ts';
import { readChangedInput, readNewInput } from './read-input.ts';

/** Operations on push inputs, whose stream names may change while their channel is idle. */
export const inputOperations = ({ records, newId, ingestPort, endpoints, quotas }: ControlPlane): Operations<typeof sdk> => {
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
      permissions: ({ RoleArn }, owner) => [
        { action: 'medialive:CreateInput', resources: [arnOf(owner, 'input')] },
        ...(RoleArn === undefined ? [] : [{ action: 'iam:PassRole', resources: [RoleArn] }]),
      ],
      handle: async (input, owner) => {
        const earlier = [...records.inputs.values()].find(({ requestId }) => requestId !== undefined && requestId === input.RequestId);
        if (earlier !== undefined) return { Input: shown(earlier, owner) };
        const declaration = readNewInput(records, input);
        if (declaration.vpc === undefined) quotas.admit('push inputs', [...records.inputs.values()].filter(({ vpc }) => vpc === undefined).length);
        const id = newId();
        const created: InputRecord = {
          ...declaration, id, name: input.Name ?? '', tags: input.Tags ?? {}, ports: declaration.type === 'RTP_PUSH' ? await endpoints.open(id) : [],
          ...(input.RequestId === undefined ? {} : { requestId: input.RequestId }),
        };
        records.inputs.put(id, created);
        return { Input: shown(created, owner) };
      },
    },
    UpdateInput: {
      permissions: permission('UpdateInput'),
      handle: (input, owner) => {
        const before = existing(input.InputId);
        const declaration = readChangedInput(records, before, input);
        const busy = channelsOfInput(records, before.id).find(({ state }) => state !== 'IDLE');
        if (busy !== undefined) throw conflict(`cannot update input ${before.id}: its channel ${busy.id} is ${busy.state}, expected IDLE`);
        const updated: InputRecord = { ...before, ...declaration, name: input.Name ?? before.name };
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
      handle: async ({ InputId }) => {
        existing(InputId);
        const [channel] = channelsOfInput(records, InputId);
        if (channel !== undefined) throw conflict(`cannot delete input ${InputId}: it is ATTACHED to channel ${channel.id}, expected DETACHED`);
        records.inputs.delete(InputId);
        await endpoints.close(InputId);
        return {};
      },
    },
  };
};
