import { compilePattern } from '../../local/services/eventbridge/event-pattern.ts';
import { documentedEvents, toldEvent } from '../support/ivs/documented-events.ts';
import { aCamConfiguration, aStageConfiguration, resourcesOf, synthesisedTemplates, type TemplateResource } from '../support/synthesised-stage.ts';

const rules = Object.values(synthesisedTemplates(aStageConfiguration({ cam: aCamConfiguration() }))).flatMap((template) => {
  const functionIds = new Map(Object.entries(template.Resources).map(([id, { Type, Properties }]) => [id, Type === 'AWS::Lambda::Function' ? String(Properties['FunctionName']) : '']));
  return resourcesOf(template, 'AWS::Events::Rule').filter(({ Properties }) => Properties['EventPattern'] !== undefined).map((rule) => ({ rule, functionIds }));
});

const isIntrinsic = (value: unknown): boolean => typeof value === 'object' && value !== null && Object.keys(value).some((name) => name === 'Ref' || name.startsWith('Fn::'));

// What only a deployment knows is no event's of these.
const patternOf = ({ Properties }: TemplateResource): string => JSON.stringify(Properties['EventPattern'], (_name, value) => (isIntrinsic(value) ? JSON.stringify(value) : value));

/** The functions that the rules of the stage hand an event to, in the state that they are deployed in. */
const heardBy = (event: unknown): readonly string[] =>
  rules.filter(({ rule }) => rule.Properties['State'] === 'ENABLED' && compilePattern(patternOf(rule))(event)).flatMap(({ rule, functionIds }) => rule.Properties['Targets'].map(({ Arn }: { readonly Arn: { readonly 'Fn::GetAtt': readonly [string, string] } }) => functionIds.get(Arn['Fn::GetAtt'][0])));

const event = (source: string, detailType: string, detail: Readonly<Record<string, unknown>>) => ({ version: '0', id: '01234567-0123-0123-0123-012345678901', source, 'detail-type': detailType, account: '123456789012', time: '2026-11-23T10:00:00Z', region: 'us-east-1', resources: [], detail });

describe('the rules of a stage', () => {
  it.each(documentedEvents)('hand what IVS tells of %s to the one function that hears it', (name) => {
    const told = toldEvent(name, { channelArn: 'arn:aws:ivs:us-east-1:123456789012:channel/AbCdef1G2hij', streamId: 'st-1A2b3c4D5e6F78ghij9Klmn', at: '2026-11-23T10:00:00Z' });

    expect(heardBy(told)).toEqual(['test-media-events']);
  });

  // https://docs.aws.amazon.com/medialive/latest/ug/monitoring-cloudwatch-json.html, https://docs.aws.amazon.com/mediapackage/latest/ug/cloudwatch-events-example.html
  it.each([
    ['aws.medialive', 'MediaLive Channel State Change', { channel_arn: 'arn:aws:medialive:us-east-1:123456789012:channel:1', state: 'STOPPED', message: 'Stopped channel', pipelines_running_count: 0 }],
    ['aws.medialive', 'MediaLive Channel Alert', { alarm_state: 'SET', alarm_id: '7ad616bd', alert_type: 'RTMP Has No Audio/Video', pipeline: '0', channel_arn: 'arn:aws:medialive:us-east-1:123456789012:channel:1', message: '' }],
    ['aws.medialive', 'MediaLive Channel Input Change', { pipeline: '0', channel_arn: 'arn:aws:medialive:us-east-1:123456789012:channel:1', active_input_attachment_name: 'a', message: '' }],
    ['aws.mediapackage', 'MediaPackage Input Notification', { event: 'InputSwitchEvent', message: '', EventDetails: { Channel: 'test-pl_main' } }],
    ['aws.mediapackage', 'MediaPackage Key Provider Notification', { event: 'KeyProviderError', message: '' }],
  ])('hand %s\'s %s to it as well', (source, detailType, detail) => {
    expect(heardBy(event(source, detailType, detail))).toEqual(['test-media-events']);
  });

  it.each([
    ['of rooms of IVS', event('aws.ivs', 'IVS Stage Update', {})],
    ['that is called like what IVS tells', event('com.example', 'IVS Stream State Change', {})],
    ['of a conversion that goes on', event('aws.mediaconvert', 'MediaConvert Job State Change', { status: 'STATUS_UPDATE', queue: 'arn:aws:mediaconvert:us-east-1:123456789012:queues/Default' })],
    ['of somebody else\'s conversion', event('aws.mediaconvert', 'MediaConvert Job State Change', { status: 'COMPLETE', queue: 'arn:aws:mediaconvert:us-east-1:123456789012:queues/Default' })],
  ])('hand on nothing %s', (_, told) => {
    expect(heardBy(told)).toEqual([]);
  });
});
