import type { CreateInputRequest, UpdateInputRequest } from '@aws-sdk/client-medialive';
import { findUnsupported } from '../../../media/declared-properties.ts';
import { badRequest } from '../faults.ts';
import type { InputRecord, MediaLiveRecords } from '../records.ts';
import { inputProperties } from '../settings/input-properties.ts';

/** What an input declares beside its name. */
export type InputDeclaration = Pick<InputRecord, 'type' | 'streamNames' | 'securityGroupIds' | 'vpc'>;

/** Reads what CreateInput declares. @throws BadRequestException naming what cannot be */
export const readNewInput = (records: MediaLiveRecords, input: CreateInputRequest): InputDeclaration => {
  refuseUnsupported(input);
  const type = input.Type;
  if (type !== 'RTMP_PUSH' && type !== 'RTP_PUSH') throw badRequest('Type is missing: local mode takes RTMP_PUSH and RTP_PUSH');
  const vpc = readVpc(input);
  return {
    type,
    streamNames: readStreamNames(type, input.Destinations),
    securityGroupIds: vpc === undefined ? readGroups(records, input.InputSecurityGroups) : refuseGroups(input.InputSecurityGroups),
    ...(vpc === undefined ? {} : { vpc }),
  };
};

/** Reads what UpdateInput changes; the type and the network stay. @throws BadRequestException naming what cannot be */
export const readChangedInput = (records: MediaLiveRecords, before: InputRecord, input: UpdateInputRequest): InputDeclaration => {
  refuseUnsupported(input);
  const { InputSecurityGroups: groups } = input;
  const changed = before.vpc === undefined ? readGroups : (_: MediaLiveRecords, ids: readonly string[]) => refuseGroups(ids);
  return {
    type: before.type,
    streamNames: input.Destinations === undefined ? before.streamNames : readStreamNames(before.type, input.Destinations),
    securityGroupIds: groups === undefined ? before.securityGroupIds : changed(records, groups),
    ...(before.vpc === undefined ? {} : { vpc: before.vpc }),
  };
};

const refuseUnsupported = (input: object): void => {
  const problems = findUnsupported(inputProperties, input);
  if (problems.length > 0) throw badRequest(problems.map(({ elementPath, message }) => `${elementPath}: ${message}`).join('; '));
};

const readStreamNames = (type: InputRecord['type'], destinations: CreateInputRequest['Destinations'] = []): readonly string[] => {
  const names = destinations.map(({ StreamName = '' }) => StreamName);
  if (type === 'RTP_PUSH') {
    if (names.some((name) => name !== '')) throw badRequest('Destinations has stream names: an RTP_PUSH input has none; leave Destinations out');
    return [];
  }
  if (names.length !== 1 && names.length !== 2) throw badRequest(`Destinations has ${names.length} stream names: expected one, or two for a STANDARD input`);
  for (const name of names) {
    if (!/^[A-Za-z0-9_-]+\/[A-Za-z0-9_-]+$/.test(name)) throw badRequest('a StreamName is not of the form applicationName/applicationInstance (letters, digits, "-", "_")');
  }
  // On AWS each has an address of its own; here the name alone tells them apart.
  if (names[0] === names[1]) throw badRequest('Destinations has the same StreamName twice: local mode tells the sources of an input apart by their names; choose two');
  return names;
};

const readGroups = (records: MediaLiveRecords, ids: readonly string[] = []): readonly string[] => {
  if (ids.length === 0) throw badRequest('InputSecurityGroups is empty: a push input needs one, or a Vpc');
  for (const id of ids) if (records.securityGroups.get(id) === undefined) throw badRequest(`input security group ${id} does not exist`);
  return ids;
};

const refuseGroups = (ids: readonly string[] = []): readonly string[] => {
  if (ids.length > 0) throw badRequest(`InputSecurityGroups ${ids.join(', ')} on an input in a VPC: its Vpc.SecurityGroupIds decide who may push; leave InputSecurityGroups out`);
  return [];
};

const subnets = 2;
const mostSecurityGroups = 5;

const readVpc = ({ Vpc, RoleArn }: CreateInputRequest): InputRecord['vpc'] => {
  if (Vpc === undefined) return undefined;
  const { SubnetIds: subnetIds = [], SecurityGroupIds: securityGroupIds = [] } = Vpc;
  if (new Set(subnetIds).size !== subnets) throw badRequest(`Vpc.SubnetIds has ${new Set(subnetIds).size} subnets, expected ${subnets} in different availability zones`);
  if (securityGroupIds.length > mostSecurityGroups) throw badRequest(`Vpc.SecurityGroupIds has ${securityGroupIds.length} groups, expected at most ${mostSecurityGroups}`);
  if (RoleArn === undefined) throw badRequest('RoleArn is missing: MediaLive puts network interfaces into the VPC with it');
  return { subnetIds, securityGroupIds };
};
