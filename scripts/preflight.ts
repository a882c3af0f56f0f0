import { parseArgs } from 'node:util';
import { MediaLiveClient } from '@aws-sdk/client-medialive';
import { ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import { readStageConfiguration } from '../lib/config/read-stage-configuration.ts';
import { readAllowed } from './preflight/allowed-counts.ts';
import { readExisting } from './preflight/existing-counts.ts';
import { quotaFindings, renderFindings } from './preflight/quota-findings.ts';

const usage = `npm run preflight -- -c config=<path>

Says whether the Region's MediaLive quotas allow a deploy of the stage, and changes nothing. The exit status is 1 when a
deploy would fail. Needs credentials that may list MediaLive's channels, inputs and input security groups, and quotas.`;

/** The path of `-c config=<path>`, as the CDK takes it. */
const configurationPath = (context: readonly string[]): string => context.find((entry) => entry.startsWith('config='))?.slice('config='.length) ?? 'config/dev.json';

const main = async (): Promise<number> => {
  const { values } = parseArgs({ options: { context: { type: 'string', short: 'c', multiple: true, default: [] }, help: { type: 'boolean', short: 'h', default: false } } });
  if (values.help) {
    console.info(usage);
    return 0;
  }
  const { stage, region, pipelines } = readStageConfiguration(configurationPath(values.context));
  const [existing, allowed] = await Promise.all([readExisting(new MediaLiveClient({ region }), stage), readAllowed(new ServiceQuotasClient({ region }))]);
  const findings = quotaFindings(pipelines, existing, allowed);
  console.info(`MediaLive in ${region}, before a deploy of the stage ${stage}:\n${renderFindings(findings, region)}`);
  return findings.some(({ isExceeded }) => isExceeded) ? 1 : 0;
};

main().then(
  (status) => {
    process.exitCode = status;
  },
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  },
);
