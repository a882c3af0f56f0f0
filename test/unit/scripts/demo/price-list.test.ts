import { createPricingService } from '../../../../local/services/pricing/pricing-service.ts';
import { priceLines, type PriceList, priceListWith } from '../../../../scripts/demo/price-list.ts';
import { aLine } from '../../../support/demo/a-counted-show.ts';
import { startGateway } from '../../../support/gateway/local-gateway.ts';

let list: PriceList;
let close: () => Promise<void>;

beforeAll(async () => {
  const gateway = await startGateway({ services: [createPricingService({ clock: { now: Date.now, sleep: async () => undefined } })] });
  list = priceListWith(gateway.settings);
  close = () => gateway.close();
});

afterAll(() => close());

const rate = { sku: 'BK2D5FBQOYLDP62I', rateCode: 'BK2D5FBQOYLDP62I.1', usageType: 'USE1-LiveVideo-Output-HD-NorthAmerica', usdPerUnit: '1', unit: 'Hrs', effectiveDate: '2025-06-01', priceBookId: 'b' };

describe('the Price List, as the demo asks it', () => {
  it('tells the first tier that costs something', async () => {
    expect(await list.price('AmazonIVS', { regionCode: 'us-east-1', outputType: 'HD', toLocation: 'North America' })).toBe('0.0750000000');
    expect(Number(await list.price('AmazonCloudFront', { usagetype: 'US-DataTransfer-Out-Bytes' }))).toBeGreaterThan(0);
  });

  it('rejects what is no one product', async () => {
    await expect(list.price('AmazonIVS', { outputType: 'HD', regionCode: 'us-east-1' })).rejects.toThrow('expected one with a price');
    await expect(list.price('AmazonIVS', { outputType: '8K' })).rejects.toThrow('has 0 products');
  });

  it('prices lines by its own rate, not by the one that they tell', async () => {
    expect(await priceLines(list, [aLine({ billable: { amount: '1/2', unit: 'Hrs' }, rate }), aLine(), aLine({ billable: { amount: '1', unit: 'Hrs' }, rate, owner: 'PLATFORM' })])).toBe(37_500_000n);
  });

  it('rejects a line whose usage type is not that of its SKU', async () => {
    await expect(priceLines(list, [aLine({ billable: { amount: '1', unit: 'Hrs' }, rate: { ...rate, usageType: 'USE1-LiveVideo-Output-SD-NorthAmerica' } })])).rejects.toThrow('has 0 products');
  });
});
