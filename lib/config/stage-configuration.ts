import * as z from 'zod';
import { camSchema } from './cam.ts';
import { pipelineSchema } from './pipeline-configuration.ts';
import { oneOf, seconds, wholeNumber } from './quantities.ts';
import { cookiesSchema } from './cookies.ts';
import { recordingsSchema } from './recordings.ts';

const region = z.string({ error: 'an AWS Region such as "eu-west-1"' }).regex(/^[a-z]{2}(-[a-z]+)+-\d$/, { error: 'an AWS Region such as "eu-west-1"' });

const showSchema = z.strictObject({
  /** How often a waiting show looks at what it waits for. */
  pollSeconds: seconds(1, 60).default(5),
  /** A channel that has not run by then has failed. AWS's own waiter gives it 10 minutes. */
  channelStartTimeoutSeconds: seconds(30, 3600).default(600),
  /** A channel that is not idle by then is reported. AWS's own waiter gives it 5 minutes. */
  channelStopTimeoutSeconds: seconds(30, 3600).default(300),
  /** A conversion that has not ended by then has failed. */
  conversionTimeoutSeconds: seconds(60, 86_400).default(7200),
  /** A show that nobody feeds for so long is stopped: its channel costs the same with and without a picture. Of a Cam pipeline, which costs nothing then, after its booked end. */
  noInputStopSeconds: seconds(10, 86_400).default(900),
  /** How late a channel's figures may come: newer ones are no proof that nobody feeds a show. */
  metricDelaySeconds: seconds(1, 900).default(120),
});

const deliverySchema = z.strictObject({
  /** How the curtain of a show is that is booked without a word of it. */
  curtain: oneOf('UP', 'DOWN').default('UP'),
  /** `http` only where the stage never leaves one machine. */
  viewerScheme: oneOf('https', 'http').default('https'),
  /** How long a viewer's access is valid before it is renewed; as long is kept what was revoked. */
  viewerTokenSeconds: seconds(60, 604_800).default(3_600),
  /** How long a look behind the curtain lasts. */
  previewTokenSeconds: seconds(60, 43_200).default(600),
  /** On how many devices a named viewer may watch: a new one takes the place of the oldest. */
  devicesPerViewer: wholeNumber(1, 50, 'devices').default(5),
  priceClass: oneOf('PriceClass_100', 'PriceClass_200', 'PriceClass_All').default('PriceClass_100'),
  /** Viewers reach the pipeline `pl_main` at `main.<domainName>`. */
  domainName: z.hostname({ error: 'a host name such as "live.example.com"' }).optional(),
  /** The certificate of `*.<domainName>`, from the edge certificates stack. */
  certificateArn: z.string({ error: 'the ARN of an ACM certificate' }).startsWith('arn:', { error: 'the ARN of an ACM certificate' }).optional(),
  /** Cookies beside tokens, for players on sites of the edge's own domain. */
  cookies: cookiesSchema.optional(),
  /** A web ACL of scope CLOUDFRONT, from the edge certificates stack. */
  webAclArn: z.string({ error: 'the ARN of a web ACL' }).startsWith('arn:', { error: 'the ARN of a web ACL' }).optional(),
});

const edgeSchema = z.strictObject({
  /** The certificate is made for `*.<domainName>`. */
  domainName: z.hostname({ error: 'a host name such as "live.example.com"' }),
  /** The hosted zone in which the certificate is validated; absent = by hand. */
  hostedZoneId: z.string({ error: 'the id of a Route 53 hosted zone' }).regex(/^Z[A-Z0-9]+$/, { error: 'the id of a Route 53 hosted zone' }).optional(),
});

/** All that differs between stages. Everything else is the same everywhere. */
export const stageConfigurationSchema = z.strictObject({
  stage: z.string({ error: '2 to 16 of a-z, 0-9 and -, a letter first' }).regex(/^[a-z][a-z0-9-]{0,14}[a-z0-9]$/, { error: '2 to 16 of a-z, 0-9 and -, a letter first' }),
  region,
  /** The AWS account to deploy to; absent = the one of the credentials. */
  account: z.string({ error: 'the 12 digits of an AWS account' }).regex(/^\d{12}$/, { error: 'the 12 digits of an AWS account' }).optional(),
  /** Pro pipelines. Absent = there are none. */
  pipelines: z.array(pipelineSchema, { error: 'a list of pipelines' }).default([]),
  /** Pipelines for one encoder, straight into Amazon IVS. Absent = there are none. */
  cam: camSchema.optional(),
  show: showSchema.prefault({}),
  usage: z
    .strictObject({
      /**
       * How long after a stop the usage becomes final when all is there; what is not is waited for as long again: by default
       * 25 h in all, because CloudFront may deliver access logs up to 24 h late.
       */
      settleSeconds: seconds(1, 604_800).default(45_000),
      /** Accounts with graphs of their own on the usage dashboard. */
      dashboardAccounts: z.array(z.string({ error: 'the id of an account' }).regex(/^acc_[0-9A-HJKMNP-TV-Z]{26}$/, { error: 'the id of an account such as acc_01JD0000000000000000000000' })).max(20, { error: 'at most 20 accounts' }).default([]),
    })
    .prefault({}),
  recordings: recordingsSchema.prefault({}),
  delivery: deliverySchema.prefault({}),
  pricing: z
    .strictObject({
      /** Whose prices apply; absent = the stage's own Region. */
      pricedRegion: region.optional(),
      /** Where the Price List is asked: it answers in few Regions, for all. */
      priceListRegion: region.default('us-east-1'),
    })
    .prefault({}),
  /** Whether tables and buckets survive the deletion of their stack. */
  retainData: z.boolean({ error: 'true or false' }).default(true),
  /** Ask for a certificate and a web ACL in us-east-1; their ARNs then go to `delivery`. */
  edge: edgeSchema.optional(),
});

/** A stage's configuration as its file may give it: what has a default may be absent. */
export type StageConfigurationInput = z.input<typeof stageConfigurationSchema>;

/** A stage's configuration with every default filled in. */
export type StageConfiguration = z.output<typeof stageConfigurationSchema>;
