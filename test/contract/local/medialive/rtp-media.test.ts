import { DescribeInputCommand, StartChannelCommand, StopChannelCommand, UpdateInputSecurityGroupCommand } from '@aws-sdk/client-medialive';
import type { ChildProcess } from 'node:child_process';
import { reaches } from '../../../support/media/channel-declaration.ts';
import { startEncoderStage, type EncoderStage } from '../../../support/media/encoder-stage.ts';
import { sendRtp } from '../../../support/media/transport-stream.ts';
import { createTwoInputChannel, defaultFailover } from '../../../support/media/two-input-pipeline.ts';

jest.setTimeout(60_000);

let stage: EncoderStage;
let senders: ChildProcess[];

beforeEach(async () => {
  senders = [];
  stage = await startEncoderStage();
});

afterEach(async () => {
  for (const sender of senders) sender.kill('SIGKILL');
  await stage.close();
});

const send = async (inputId: string, endpoint = 0): Promise<ChildProcess> => {
  const { Destinations } = await stage.mediaLive.send(new DescribeInputCommand({ InputId: inputId }));
  const sender = sendRtp(Number(Destinations![endpoint]!.Port), { seconds: 60 });
  senders.push(sender);
  return sender;
};
const start = async (ChannelId: string): Promise<void> => {
  await stage.mediaLive.send(new StartChannelCommand({ ChannelId }));
  await reaches(stage, ChannelId, 'RUNNING');
};
const stop = async (ChannelId: string): Promise<void> => {
  await stage.mediaLive.send(new StopChannelCommand({ ChannelId }));
  await reaches(stage, ChannelId, 'IDLE');
};
const points = (name: string, pipeline = '0', label?: string) => stage.metrics.filter((metric) => metric.name === name && metric.dimensions['Pipeline'] === pipeline && metric.dimensions['ActiveInputFailoverLabel'] === label).map(({ value }) => value);
const alerts = () => stage.events.filter(({ detailType }) => detailType === 'MediaLive Channel Alert').map(({ detail }) => `${String(detail['alarm_state'])} ${String(detail['alert_type'])} ${String(detail['pipeline'])}`);
const inputs = () => stage.events.filter(({ detailType }) => detailType === 'MediaLive Channel Input Change').map(({ detail }) => detail['active_input_attachment_name']);

describe('RTP inputs on real media', () => {
  it('fail over when the source goes silent', async () => {
    const { channelId, primaryId, backupId } = await createTwoInputChannel(stage, { type: 'RTP_PUSH', failover: { ...defaultFailover, FailoverConditions: [{ FailoverConditionSettings: { InputLossSettings: { InputLossThresholdMsec: 1000 } } }] } });
    await start(channelId);
    const primary = await send(primaryId);
    await stage.until('the primary on air', () => points('InputVideoFrameRate', '0', 'primary').some((rate) => rate > 20));
    await send(backupId);
    await stage.until('both to arrive', () => points('InputVideoFrameRate').slice(-2).filter((rate) => rate > 20).length === 2);

    primary.kill('SIGKILL');
    await stage.until('the failover', () => inputs().includes('backup'));
    await stage.until('another chunk', () => stage.packager.segments(0).length >= 3);
    await stop(channelId);

    expect(inputs()).toEqual(['backup']);
    expect(alerts()).toEqual(expect.arrayContaining(['SET Stopped Receiving UDP Input 0', 'SET Input Failed Over 0']));
    expect(stage.packager.segments(0).some(({ isDiscontinuous }) => isDiscontinuous)).toBe(false);
    expect(Math.max(...points('RtpPacketsReceived'))).toBeGreaterThan(10);
    expect(points('NetworkIn').some((value) => value > 0.1)).toBe(true);
    expect(points('RtpPacketsReceived', '0', 'primary').length).toBeGreaterThan(0);
  });

  it('take no packet once their security group has changed', async () => {
    const { channelId, primaryId, securityGroupId } = await createTwoInputChannel(stage, { type: 'RTP_PUSH' });
    await start(channelId);
    await send(primaryId);
    await stage.until('the input to arrive', () => points('InputVideoFrameRate').some((rate) => rate > 20));

    await stage.mediaLive.send(new UpdateInputSecurityGroupCommand({ InputSecurityGroupId: securityGroupId, WhitelistRules: [{ Cidr: '203.0.113.0/24' }] }));
    const from = points('RtpPacketsReceived').length;

    await stage.until('packets to stop', () => points('RtpPacketsReceived').slice(from + 4).includes(0));
    await stage.until('the loss to be told', () => alerts().includes('SET Stopped Receiving UDP Input 0'));
  });

  it('feed each pipeline of a STANDARD channel from its own endpoint', async () => {
    const { channelId, primaryId } = await createTwoInputChannel(stage, { type: 'RTP_PUSH', channelClass: 'STANDARD' });
    await start(channelId);

    await send(primaryId, 1);
    await stage.until('pipeline 1 to be fed', () => points('InputVideoFrameRate', '1').some((rate) => rate > 20));
    await stop(channelId);

    expect(points('InputVideoFrameRate', '0')).toEqual([]);
  });
});
