import { parseArgs } from 'node:util';
import { IvsClient } from '@aws-sdk/client-ivs';
import { MediaLiveClient } from '@aws-sdk/client-medialive';
import { ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import { readStageConfiguration } from '../lib/config/read-stage-configuration.ts';
import type { StageConfiguration } from '../lib/config/stage-configuration.ts';
import { readAllowed } from './preflight/allowed-counts.ts';
import { readExisting } from './preflight/existing-counts.ts';
import { ivsFindings, readExistingIvs } from './preflight/ivs-findings.ts';
import { type QuotaFinding, quotaFindings, renderFindings } from './preflight/quota-findings.ts';

const usage = `npm run preflight -- -c config=<path>

Says whether the Region's quotas of MediaLive and, with Cam pipelines, of IVS allow a deploy of the stage, and changes
nothing. The exit status is 1 when a deploy would fail. Needs credentials that may list MediaLive's channels, inputs and
input security groups, and quotas; IVS's playback key pairs and recording configurations.`;

/** The path of `-c config=<path>`, as the CDK takes it. */
const configurationPath = (context: readonly string[]): string => context.find((entry) => entry.startsWith('config='))?.slice('config='.length) ?? 'config/dev.json';

const findingsOfMediaLive = async ({ stage, region, pipelines }: StageConfiguration): Promise<readonly QuotaFinding[]> => {
  if (pipelines.length === 0) return [];
  const [existing, allowed] = await Promise.all([readExisting(new MediaLiveClient({ region }), stage), readAllowed(new ServiceQuotasClient({ region }))]);
  return quotaFindings(pipelines, existing, allowed);
};

const findingsOfIvs = async ({ stage, region, cam }: StageConfiguration): Promise<readonly QuotaFinding[]> =>
  cam === undefined ? [] : ivsFindings(stage, cam, await readExistingIvs(new IvsClient({ region })));

const main = async (): Promise<number> => {
  const { values } = parseArgs({ options: { context: { type: 'string', short: 'c', multiple: true, default: [] }, help: { type: 'boolean', short: 'h', default: false } } });
  if (values.help) {
    console.info(usage);
    return 0;
  }
  const configuration = readStageConfiguration(configurationPath(values.context));
  const findings: QuotaFinding[] = [];
  for (const [service, found] of [['MediaLive', await findingsOfMediaLive(configuration)], ['Amazon IVS', await findingsOfIvs(configuration)]] as const) {
    if (found.length === 0) continue;
    console.info(`${service} in ${configuration.region}, before a deploy of the stage ${configuration.stage}:\n${renderFindings(found, configuration.region)}`);
    findings.push(...found);
  }
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
