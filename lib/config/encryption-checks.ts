import type { ConfigurationProblem } from './configuration-problem.ts';
import type { EncryptionConfiguration } from './encryption.ts';
import { formatNames, type FormatName } from './formats.ts';

/** The rest of the configuration that encryption depends on. */
export interface EncryptedPipeline {
  /** Where the encryption stands in the configuration: `pipelines[0].encryption`. */
  readonly field: string;
  readonly formats: readonly FormatName[];
  readonly region: string;
  readonly viewerScheme: 'https' | 'http';
}

/** What an API of API Gateway is called in IAM; `undefined` for a URL that is not API Gateway's own in the Region. */
export const invokedApi = (keyServerUrl: string, region: string): { readonly apiId: string; readonly path: string } | undefined => {
  const { protocol, hostname, pathname } = new URL(keyServerUrl);
  const [apiId, ...host] = hostname.split('.');
  const isGateway = protocol === 'https:' && host.join('.') === `execute-api.${region}.amazonaws.com`;
  const [, stage = '', ...path] = pathname.split('/');
  return !isGateway || apiId === undefined || stage === '' ? undefined : { apiId, path: `${stage}/POST/${path.join('/')}` };
};

const checks: readonly ((encryption: EncryptionConfiguration, pipeline: EncryptedPipeline) => ConfigurationProblem | undefined)[] = [
  ({ keyServerUrl }, { field, viewerScheme }) =>
    new URL(keyServerUrl).protocol === 'https:' || viewerScheme === 'http'
      ? undefined
      : {
          field: `${field}.keyServerUrl`,
          wrong: 'keys would travel in the clear',
          got: keyServerUrl,
          allowed: 'an https URL (http only where delivery.viewerScheme is "http")',
          change: 'give the key server\'s https URL',
        },
  ({ keyServerUrl, roleArn }, { field, region, viewerScheme }) =>
    roleArn !== undefined || viewerScheme === 'http' || invokedApi(keyServerUrl, region) !== undefined
      ? undefined
      : {
          field: `${field}.roleArn`,
          wrong: 'what the role must be allowed to call cannot be told from the URL',
          got: keyServerUrl,
          allowed: `https://<api>.execute-api.${region}.amazonaws.com/<stage>/…, or any URL with a roleArn`,
          change: 'use the API\'s own URL, or add the role that your DRM provider gave you',
        },
  (encryption, { field, formats }) => {
    const clear = formats.filter((format) => encryption[format] === undefined);
    return clear.length === 0
      ? undefined
      : {
          field,
          wrong: 'some formats would show in the clear what others encrypt',
          got: `none for ${clear.join(', ')}`,
          allowed: 'an entry for every format of the pipeline',
          change: `add ${clear.map((format) => `${field}.${format}`).join(', ')}, or name the pipeline's formats without ${clear.join(', ')}`,
        };
  },
  (encryption, { field, formats }) => {
    const unused = formatNames.filter((format) => encryption[format] !== undefined && !formats.includes(format));
    return unused.length === 0
      ? undefined
      : {
          field,
          wrong: 'a format is encrypted that the pipeline does not have',
          got: unused,
          allowed: `entries for ${formats.join(', ')}`,
          change: 'remove the entry, or add the format to the pipeline',
        };
  },
];

/** Every rule between a pipeline's encryption and the rest of the configuration that is broken. */
export const checkEncryption = (encryption: EncryptionConfiguration, pipeline: EncryptedPipeline): readonly ConfigurationProblem[] =>
  checks.map((check) => check(encryption, pipeline)).filter((problem) => problem !== undefined);
