import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { sealedIdempotencyStore } from '../../../../lambda/adapters/secretsmanager/sealed-idempotency.ts';
import type { IdempotentRequest } from '../../../../lambda/domain/shared/idempotency.ts';
import { systemClock } from '../../../../local/runtime/clock.ts';
import { memoryStateStore } from '../../../../local/runtime/state/collection.ts';
import { createSecretsManagerService } from '../../../../local/services/secretsmanager/secretsmanager-service.ts';
import { describeIdempotencyStoreContract } from '../../../support/contracts/idempotency-store-contract.ts';
import { type LocalGateway, startGateway } from '../../../support/gateway/local-gateway.ts';
import { memoryIdempotency } from '../../../support/shows/memory-idempotency.ts';

let gateway: LocalGateway;
let client: SecretsManagerClient;
let now = Date.parse('2026-11-23T10:00:00Z');

beforeAll(async () => {
  gateway = await startGateway({ services: [createSecretsManagerService({ state: memoryStateStore(), clock: systemClock })] });
  client = new SecretsManagerClient(gateway.settings);
  await client.send(new CreateSecretCommand({ Name: 'names', SecretString: JSON.stringify({ viewers: 'n'.repeat(64) }) }));
});

afterAll(async () => {
  client.destroy();
  await gateway.close();
});

const kept = memoryIdempotency(() => now);
const sealing = () => sealedIdempotencyStore(kept, client, 'names', () => now);

describe('sealed answers', () => {
  describeIdempotencyStoreContract(sealing, (milliseconds) => {
    now += milliseconds;
  });

  const request: IdempotentRequest = { accountId: 'acc_1', key: 'k', fingerprint: 'f' };
  const response = { status: 201, headers: {}, body: '{"url":"https://edge/t/a-token"}' };

  it('tell nothing to who reads the store, and differ each time', async () => {
    const bodies: string[] = [];
    for (let time = 0; time < 2; time += 1) {
      await sealing().complete(request, response);
      const claim = await kept.claim(request);
      if (claim.outcome === 'COMPLETED') bodies.push(claim.response.body);
    }

    expect(new Set(bodies).size).toBe(2);
    for (const body of bodies) expect(Buffer.from(body, 'base64').toString('latin1')).not.toContain('token');
  });

  it('open for their own request alone', async () => {
    await sealing().complete(request, response);
    const claim = await kept.claim(request);
    const other = { ...request, key: 'other' };
    if (claim.outcome === 'COMPLETED') await kept.complete(other, claim.response);

    await expect(sealing().claim(other)).rejects.toThrow('authenticate');
    expect(await sealing().claim(request)).toEqual({ outcome: 'COMPLETED', response });
  });
});
