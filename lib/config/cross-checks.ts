import { brokenRules, repeated, type ConfigurationProblem, type CrossCheck } from './configuration-problem.ts';
import { camProblems } from './cam-checks.ts';
import { cookieChecks } from './cookie-checks.ts';
import { ladderOf } from './custom-ladder.ts';
import { checkEncryption } from './encryption-checks.ts';
import { formatsOf } from './formats.ts';
import { pipelineProblems } from './pipeline-checks.ts';
import type { StageConfiguration } from './stage-configuration.ts';

/** The Regions in which the Price List answers (for the prices of every Region). */
const priceListRegions = ['us-east-1', 'eu-central-1', 'ap-south-1'];

/** Cam pipelines and others are known by the same kind of id. */
const pipelineIdsOf = ({ pipelines, cam }: StageConfiguration): readonly string[] => [...pipelines, ...(cam?.pipelines ?? [])].map(({ id }) => id);

const checks: readonly CrossCheck<StageConfiguration>[] = [
  {
    condition: ({ stage }) => /^(aws|ssm)/.test(stage),
    message: ({ stage }) => ({
      field: 'stage',
      wrong: 'Systems Manager refuses parameters under this name',
      got: stage,
      allowed: 'a name that begins with neither "aws" nor "ssm"',
      change: 'choose another name',
    }),
  },
  {
    condition: (configuration) => pipelineIdsOf(configuration).length === 0,
    message: () => ({
      field: 'pipelines',
      wrong: 'no show can be streamed without a pipeline',
      got: [],
      allowed: 'at least one, in pipelines or cam.pipelines',
      change: 'declare one, as config/dev.json does',
    }),
  },
  {
    condition: (configuration) => repeated(pipelineIdsOf(configuration)).length > 0,
    message: (configuration) => ({
      field: 'pipelines',
      wrong: 'two pipelines have the same id',
      got: repeated(pipelineIdsOf(configuration)),
      allowed: 'each id once',
      change: 'rename all but one',
    }),
  },
  {
    condition: ({ delivery }) => (delivery.certificateArn === undefined) !== (delivery.domainName === undefined),
    message: ({ delivery }) => ({
      field: 'delivery',
      wrong: 'a domain name and its certificate go together',
      got: { domainName: delivery.domainName, certificateArn: delivery.certificateArn },
      allowed: 'both or neither',
      change: 'add the one that is missing (`edge` makes the certificate)',
    }),
  },
  {
    condition: ({ delivery }) => delivery.certificateArn !== undefined && !/^arn:aws[a-z-]*:acm:us-east-1:/.test(delivery.certificateArn),
    message: ({ delivery }) => ({
      field: 'delivery.certificateArn',
      wrong: 'CloudFront takes certificates from us-east-1 only',
      got: delivery.certificateArn,
      allowed: 'arn:aws:acm:us-east-1:…',
      change: 'make the certificate with `edge`, or in us-east-1',
    }),
  },
  {
    condition: ({ delivery }) => delivery.webAclArn !== undefined && !/^arn:aws[a-z-]*:wafv2:us-east-1:\d+:global\//.test(delivery.webAclArn),
    message: ({ delivery }) => ({
      field: 'delivery.webAclArn',
      wrong: 'CloudFront takes web ACLs of scope CLOUDFRONT only',
      got: delivery.webAclArn,
      allowed: 'arn:aws:wafv2:us-east-1:<account>:global/webacl/…',
      change: 'make the web ACL with `edge`, or with scope CLOUDFRONT in us-east-1',
    }),
  },
  {
    // Names below .test exist on no network, only where one machine says so.
    condition: ({ delivery }) => delivery.viewerScheme === 'http' && delivery.domainName !== undefined && !delivery.domainName.endsWith('.test'),
    message: ({ delivery }) => ({
      field: 'delivery.viewerScheme',
      wrong: 'viewers at a domain of their own would be served without encryption',
      got: delivery.viewerScheme,
      allowed: '"https" with a domain name; "http" with one below .test',
      change: 'remove viewerScheme',
    }),
  },
  {
    condition: ({ pricing }) => !priceListRegions.includes(pricing.priceListRegion),
    message: ({ pricing }) => ({
      field: 'pricing.priceListRegion',
      wrong: 'the Price List does not answer there',
      got: pricing.priceListRegion,
      allowed: priceListRegions.join(', '),
      change: 'choose one of them; pricedRegion says whose prices apply',
    }),
  },
  {
    condition: ({ show }) => show.pollSeconds * 2 > Math.min(show.channelStartTimeoutSeconds, show.channelStopTimeoutSeconds),
    message: ({ show }) => ({
      field: 'show.pollSeconds',
      wrong: 'a wait would end before it has looked twice',
      got: show.pollSeconds,
      allowed: 'at most half of the shortest channel time-out',
      change: 'poll more often, or allow more time',
    }),
  },
];

const encryptionProblems = ({ pipelines, region, delivery }: StageConfiguration): readonly ConfigurationProblem[] =>
  pipelines.flatMap(({ encryption, ladder, formats }, index) => {
    if (!encryption) return [];
    const names = formatsOf(ladderOf(ladder), formats).map(({ name }) => name);
    return checkEncryption(encryption, { field: `pipelines[${index}].encryption`, formats: names, region, viewerScheme: delivery.viewerScheme });
  });

/** Every rule between fields that the configuration breaks. */
export const crossCheck = (configuration: StageConfiguration): readonly ConfigurationProblem[] => [
  ...brokenRules([...checks, ...cookieChecks], configuration),
  ...configuration.pipelines.flatMap((pipeline, index) => pipelineProblems(pipeline).map((problem) => ({ ...problem, field: `pipelines[${index}].${problem.field}` }))),
  ...encryptionProblems(configuration),
  ...camProblems(configuration),
];
