import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { ClientSettings } from '../../../local/runtime/ports.ts';
import { installedProgram } from '../installed-program.ts';
import { describeWith } from '../where-installed.ts';

/** `describe` where the AWS CLI is installed. */
export const describeWithAwsCli = describeWith(installedProgram('aws'), 'the AWS CLI is not installed, so no independent client checks the endpoints');

/** Runs the AWS CLI against local endpoints and parses its JSON. Rejects with its standard error. */
export const awsCli = async (settings: ClientSettings, ...parameters: string[]): Promise<unknown> => {
  const { accessKeyId, secretAccessKey, sessionToken } = settings.credentials;
  const { stdout } = await promisify(execFile)('aws', [...parameters, '--endpoint-url', settings.endpoint, '--region', settings.region, '--output', 'json'], {
    env: {
      PATH: process.env.PATH,
      HOME: '/nonexistent',
      AWS_CONFIG_FILE: join(import.meta.dirname, 'aws-cli.ini'),
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      ...(sessionToken && { AWS_SESSION_TOKEN: sessionToken }),
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_MAX_ATTEMPTS: '1',
    },
  });
  return stdout.trim() === '' || !stdout.trim().startsWith('{') ? stdout : JSON.parse(stdout);
};
