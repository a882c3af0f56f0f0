import { honoured, inert, oneOf, type PropertyRules } from '../../../media/declared-properties.ts';

/** What an input may declare in local mode. */
export const inputProperties: PropertyRules = {
  InputId: honoured,
  Name: honoured,
  Tags: honoured,
  RequestId: honoured,
  Type: oneOf('RTMP_PUSH', 'RTP_PUSH'),
  'Destinations[].StreamName': honoured,
  InputSecurityGroups: honoured,
  'Vpc.SubnetIds': inert('there is no VPC here: the input is reached from 127.0.0.0/8 only'),
  'Vpc.SecurityGroupIds': inert('there is no VPC here: the input is reached from 127.0.0.0/8 only'),
  InputNetworkLocation: oneOf('AWS'),
  RoleArn: inert('nothing is created in a VPC with it'),
};
