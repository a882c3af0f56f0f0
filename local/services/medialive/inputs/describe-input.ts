import type { Input } from '@aws-sdk/client-medialive';
import type { ResourceOwner } from '../../../runtime/resource-owner.ts';
import { arnOf } from '../arns.ts';
import { attachmentsOf, channelsOfInput, inputClassOf, type InputRecord, type MediaLiveRecords } from '../records.ts';

/** An input as MediaLive describes it, with the URLs to push to. */
export const describeInput = (records: MediaLiveRecords, input: InputRecord, owner: ResourceOwner, rtmpPort: number): Input => {
  const channels = channelsOfInput(records, input.id);
  return {
    Id: input.id,
    Arn: arnOf(owner, 'input', input.id),
    Name: input.name,
    Type: input.type,
    State: channels.length > 0 ? 'ATTACHED' : 'DETACHED',
    InputClass: inputClassOf(input),
    InputSourceType: 'STATIC',
    InputNetworkLocation: 'AWS',
    AttachedChannels: channels.map(({ id }) => id),
    InputPartnerIds: channels.flatMap(({ declaration }) => partnersOf(declaration, input.id)),
    SecurityGroups: [...input.securityGroupIds],
    Destinations: urlsOf(input, rtmpPort).map(({ port, url }) => ({ Ip: '127.0.0.1', Port: String(port), Url: url })),
    Sources: [],
    Tags: { ...input.tags },
  };
};

const urlsOf = ({ type, streamNames, ports }: InputRecord, rtmpPort: number): readonly { readonly port: number; readonly url: string }[] =>
  type === 'RTP_PUSH'
    ? ports.map((port) => ({ port, url: `rtp://127.0.0.1:${port}` }))
    : streamNames.map((name) => ({ port: rtmpPort, url: `rtmp://127.0.0.1:${rtmpPort}/${name}` }));

/** The other input of a failover pair. */
const partnersOf = (declaration: Parameters<typeof attachmentsOf>[0], inputId: string): readonly string[] => {
  const primary = attachmentsOf(declaration).find(({ AutomaticInputFailoverSettings }) => AutomaticInputFailoverSettings !== undefined);
  const pair = [primary?.InputId ?? '', primary?.AutomaticInputFailoverSettings?.SecondaryInputId ?? ''];
  return pair.includes(inputId) ? pair.filter((id) => id !== inputId) : [];
};
