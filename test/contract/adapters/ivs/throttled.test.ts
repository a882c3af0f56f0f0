import * as ivs from '@aws-sdk/client-ivs';
import { ivsCamControl } from '../../../../lambda/adapters/ivs/cam-control.ts';
import { UnavailableError } from '../../../../lambda/domain/shared/errors.ts';
import { ivsClient } from '../../../../lambda/platform/clients.ts';
import { defineService } from '../../../../local/gateway/define-service.ts';
import { startGateway, type LocalGateway } from '../../../support/gateway/local-gateway.ts';

const channelArn = 'arn:aws:ivs:us-east-1:123456789012:channel/AbCdef1G2hij';
const throttled = { most: 0, calls: 0 };
let gateway: LocalGateway;

beforeAll(async () => {
  const busy = defineService('ivs', ivs, {
    ListStreamKeys: {
      permissions: () => [],
      handle: () => {
        throttled.calls += 1;
        if (throttled.calls <= throttled.most) throw new ivs.ThrottlingException({ message: 'Rate exceeded', exceptionMessage: 'Rate exceeded', $metadata: {} });
        return { streamKeys: [{ arn: 'arn:aws:ivs:us-east-1:123456789012:stream-key/k1' }] };
      },
    },
  });
  gateway = await startGateway({ services: [busy] });
  Object.assign(process.env, { AWS_REGION: 'us-east-1', AWS_ENDPOINT_URL: gateway.settings.endpoint, AWS_ACCESS_KEY_ID: 'local-operator', AWS_SECRET_ACCESS_KEY: 'local-operator' });
  // The pauses between tries are random parts of half a second, one, two, …
  jest.spyOn(Math, 'random').mockReturnValue(0.001);
});

afterAll(async () => {
  jest.restoreAllMocks();
  ivsClient().destroy();
  await gateway.close();
});

const keyArn = async (most: number): Promise<string | undefined> => {
  Object.assign(throttled, { most, calls: 0 });
  return ivsCamControl(ivsClient()).keyArn(channelArn);
};

describe('the client of IVS', () => {
  it('goes on while others take what IVS has of its five calls a second', async () => {
    expect(await keyArn(5)).toBe('arn:aws:ivs:us-east-1:123456789012:stream-key/k1');
  });

  it('fails as unavailable when it has asked six times', async () => {
    await expect(keyArn(6)).rejects.toThrow(UnavailableError);
    expect(throttled.calls).toBe(6);
  });
});
