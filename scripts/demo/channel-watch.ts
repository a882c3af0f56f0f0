import { setTimeout as sleep } from 'node:timers/promises';
import { DescribeChannelCommand, MediaLiveClient, type MediaLiveClientConfig } from '@aws-sdk/client-medialive';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { proPipelineRegistrationSchema } from '../../lambda/contract/pipeline-registration.ts';

/** Looks at a channel all the time, to know without the platform when it ran. */
export interface ChannelWatch {
  /** Seconds between the first and the last sight of RUNNING, or of STOPPING: the run as billed ends when it is idle. */
  ranSeconds(): number;
  stop(): Promise<void>;
}

const lookMilliseconds = 200;
const runningStates: readonly string[] = ['RUNNING', 'STOPPING', 'RECOVERING'];

/** Watches the channel of a pipeline through MediaLive's own API. */
export const watchChannel = async (settings: MediaLiveClientConfig & { readonly region: string; readonly endpoint: string }, pipelineId: string): Promise<ChannelWatch> => {
  const parameters = new SSMClient({ ...settings });
  const { Parameter } = await parameters.send(new GetParameterCommand({ Name: `/local/pipelines/${pipelineId}` }));
  const { channel } = proPipelineRegistrationSchema.parse(JSON.parse(Parameter?.Value ?? ''));
  const client = new MediaLiveClient({ ...settings });
  let first: number | undefined;
  let last: number | undefined;
  let isOver = false;
  const look = async (): Promise<void> => {
    while (!isOver) {
      const { State } = await client.send(new DescribeChannelCommand({ ChannelId: channel.id }));
      if (runningStates.includes(State ?? '')) last = Date.now();
      first ??= last;
      await sleep(lookMilliseconds);
    }
  };
  const looking = look();
  return {
    ranSeconds: () => ((last ?? Number.NaN) - (first ?? Number.NaN)) / 1000,
    stop: async () => {
      isOver = true;
      await looking;
      client.destroy();
      parameters.destroy();
    },
  };
};
