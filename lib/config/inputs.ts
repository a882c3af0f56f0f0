import * as z from 'zod';
import { mostSources, sourceSchema } from '../../lambda/contract/sources.ts';
import { oneOf } from './quantities.ts';

const publicNetwork = z.strictObject({
  /** Encoders reach the inputs over the internet. */
  type: z.literal('PUBLIC'),
  /** Where encoders may push from. A breakout may declare others for its own time. */
  allowedSources: z
    .array(sourceSchema, { error: 'a list of IPv4 ranges' })
    .min(1, { error: 'at least one IPv4 range' })
    .max(mostSources, { error: `at most ${mostSources} IPv4 ranges` }),
});

const idOf = (kind: 'subnet' | 'sg') => {
  const error = `the id of a ${kind === 'sg' ? 'security group' : 'subnet'} (${kind}-…)`;
  return z.string({ error }).regex(new RegExp(`^${kind}-[0-9a-f]+$`), { error });
};

const twoSubnets = 'two subnets of one VPC, in two availability zones';

const vpcNetwork = z.strictObject({
  /** Encoders reach the inputs in a VPC, whose security groups decide who may push. */
  type: z.literal('VPC'),
  subnetIds: z.array(idOf('subnet'), { error: twoSubnets }).length(2, { error: twoSubnets }),
  securityGroupIds: z.array(idOf('sg'), { error: '1 to 5 security groups' }).min(1, { error: '1 to 5 security groups' }).max(5, { error: '1 to 5 security groups' }),
});

/** Where a pipeline's encoders push to, and from where they may. */
export const inputsSchema = z.strictObject(
  {
    /** Two are a failover pair: a show goes on when one venue line dies. Each is billed while the channel runs. */
    count: z.literal([1, 2], { error: '1 or 2: a channel takes at most two push inputs' }).default(2),
    /** RTP inputs are of class standard, whatever the channel is: two endpoints, of which a single pipeline reads the first. */
    type: oneOf('RTMP_PUSH', 'RTP_PUSH').default('RTMP_PUSH'),
    network: z.discriminatedUnion('type', [publicNetwork, vpcNetwork], { error: '{"type": "PUBLIC", "allowedSources": […]} or {"type": "VPC", "subnetIds": […], "securityGroupIds": […]}' }),
  },
  { error: 'an object with "network": {"type": "PUBLIC", "allowedSources": […]} or {"type": "VPC", …}' },
);

/** What a stage declares of a pipeline's inputs. */
export type InputsConfiguration = z.output<typeof inputsSchema>;

/** How many encoders feed a pipeline: every pipeline of the channel reads every input at an endpoint of its own. */
export const streamingEndpoints = ({ channelClass, inputs }: { readonly channelClass: 'SINGLE_PIPELINE' | 'STANDARD'; readonly inputs: InputsConfiguration }): number =>
  inputs.count * (channelClass === 'STANDARD' ? 2 : 1);
