import { GetServiceQuotaCommand, ListAWSDefaultServiceQuotasCommand, ListServiceQuotasCommand, NoSuchResourceException, ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import { createServiceQuotasService } from '../../../../../local/services/servicequotas/servicequotas-service.ts';
import { startGateway, type LocalGateway } from '../../../../support/gateway/local-gateway.ts';

let gateway: LocalGateway;
let client: ServiceQuotasClient;

beforeAll(async () => {
  gateway = await startGateway({ services: [createServiceQuotasService({ mediaLive: { channels: 20, pushInputs: 40, securityGroups: 20 } })] });
  client = new ServiceQuotasClient({ ...gateway.settings, maxAttempts: 1 });
});

afterAll(async () => {
  client.destroy();
  await gateway.close();
});

describe('MediaLive\'s quotas', () => {
  it('are listed as they were raised', async () => {
    const { Quotas = [] } = await client.send(new ListServiceQuotasCommand({ ServiceCode: 'medialive' }));

    expect(Quotas).toContainEqual(expect.objectContaining({ QuotaCode: 'L-9E233AF7', QuotaName: 'Push Inputs', Value: 40, Adjustable: true, GlobalQuota: false }));
  });

  it('are listed as those of a new account', async () => {
    const { Quotas = [] } = await client.send(new ListAWSDefaultServiceQuotasCommand({ ServiceCode: 'medialive' }));

    expect(Quotas.map(({ QuotaName, Value }) => [QuotaName, Value])).toEqual([['Channels', 5], ['UHD Channels', 1], ['Push Inputs', 5], ['VPC Inputs', 50], ['Input Security Groups', 5]]);
  });

  it('are told one by one', async () => {
    await expect(client.send(new GetServiceQuotaCommand({ ServiceCode: 'medialive', QuotaCode: 'L-D1AFAF75' }))).resolves.toMatchObject({ Quota: { Value: 20, ServiceCode: 'medialive' } });
  });

  it.each([
    ['a quota that is not known', new GetServiceQuotaCommand({ ServiceCode: 'medialive', QuotaCode: 'L-00000000' })],
    ['a service that is not known', new GetServiceQuotaCommand({ ServiceCode: 'ec2', QuotaCode: 'L-D1AFAF75' })],
  ])('reject %s', async (_, command) => {
    await expect(client.send(command)).rejects.toThrow(NoSuchResourceException);
  });
});
