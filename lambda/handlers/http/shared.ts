import { dynamoDbBreakoutStore } from '../../adapters/dynamodb/breakout-store.ts';
import { dynamoDbRecordingShareStore } from '../../adapters/dynamodb/recording-share-store.ts';
import { dynamoDbRecordingStore } from '../../adapters/dynamodb/recording-store.ts';
import { dynamoDbTable } from '../../adapters/dynamodb/table.ts';
import { openShare } from '../../domain/recordings/share-recording.ts';
import { dynamoDbClient } from '../../platform/clients.ts';
import { readEnvironment } from '../../platform/environment.ts';
import { publicHandler } from '../../platform/http/public-handler.ts';
import { newAnonymousSession } from '../../platform/random.ts';
import { recordingLinks } from './recording-links.ts';

const build = () => {
  const table = dynamoDbTable(dynamoDbClient(), readEnvironment('table').TABLE_NAME);
  return { ...recordingLinks(), breakouts: dynamoDbBreakoutStore(table), recordings: dynamoDbRecordingStore(table), shares: dynamoDbRecordingShareStore(table), newSession: newAnonymousSession };
};

let built: ReturnType<typeof build> | undefined;

/**
 * Leads whoever has a share link to the recording, by a URL that is signed anew: the only thing that strangers may ask.
 * IAM: `dynamodb:GetItem` on the table; `secretsmanager:GetSecretValue` on the signing secret.
 */
export const handler = publicHandler(async ({ secret = '' }) => {
  const url = await openShare((built ??= build()))(secret);
  return { statusCode: 302, headers: { Location: url, 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' }, body: '' };
});
