import { paginateListAWSDefaultServiceQuotas, paginateListServiceQuotas, type ServiceQuota, type ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import { type CountedThing, mediaLiveQuotas, mediaLiveServiceCode } from './media-live-quotas.ts';

/** How many there may be, and whether Service Quotas has said so. */
export interface Allowed {
  readonly value: number;
  readonly isAssumed: boolean;
  /** The quota's code, as Service Quotas gives it. */
  readonly code: string;
}

const readQuotas = async (client: ServiceQuotasClient): Promise<readonly ServiceQuota[]> => {
  const quotas: ServiceQuota[] = [];
  // What was raised comes before what is usual: the first that fits is taken.
  for await (const { Quotas = [] } of paginateListServiceQuotas({ client }, { ServiceCode: mediaLiveServiceCode })) quotas.push(...Quotas);
  for await (const { Quotas = [] } of paginateListAWSDefaultServiceQuotas({ client }, { ServiceCode: mediaLiveServiceCode })) quotas.push(...Quotas);
  return quotas;
};

/** What the account may have in the client's Region: `servicequotas:ListServiceQuotas`, `ListAWSDefaultServiceQuotas`. */
export const readAllowed = async (client: ServiceQuotasClient): Promise<(thing: CountedThing) => Allowed> => {
  const quotas = await readQuotas(client);
  return (thing) => {
    const { code, name, usualValue } = mediaLiveQuotas[thing];
    const found = quotas.find(({ QuotaCode }) => QuotaCode === code) ?? quotas.find(({ QuotaName }) => QuotaName?.toLowerCase() === name.toLowerCase());
    return found?.Value === undefined ? { value: usualValue, isAssumed: true, code } : { value: found.Value, isAssumed: false, code: found.QuotaCode ?? code };
  };
};
