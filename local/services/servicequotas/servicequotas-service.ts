import * as quotas from '@aws-sdk/client-service-quotas';
import { defineService, type Operations } from '../../gateway/define-service.ts';
import type { CallContext, Permission, SchemaService } from '../../gateway/service.ts';
import { defaultQuotas, type MediaLiveQuotas } from '../medialive/quotas.ts';

/** What the service is made from. */
export interface ServiceQuotasDeps {
  /** What MediaLive allows; of a new account when absent. */
  readonly mediaLive?: MediaLiveQuotas;
}

const serviceCode = 'medialive';

const described = ({ channels, pushInputs, securityGroups }: MediaLiveQuotas) => [
  { code: 'L-D1AFAF75', name: 'Channels', value: channels },
  { code: 'L-DDE858F0', name: 'UHD Channels', value: 1 },
  { code: 'L-9E233AF7', name: 'Push Inputs', value: pushInputs },
  { code: 'L-68E02936', name: 'VPC Inputs', value: 50 },
  { code: 'L-6A0116BB', name: 'Input Security Groups', value: securityGroups },
];

const listed = (values: MediaLiveQuotas, { region, accountId }: CallContext): quotas.ServiceQuota[] =>
  described(values).map(({ code, name, value }) => ({
    ServiceCode: serviceCode,
    ServiceName: 'AWS Elemental MediaLive',
    QuotaArn: `arn:aws:servicequotas:${region}:${accountId}:${serviceCode}/${code}`,
    QuotaCode: code,
    QuotaName: name,
    Value: value,
    Unit: 'None',
    Adjustable: true,
    GlobalQuota: false,
  }));

// Quotas have no resource-level permissions for reading.
const reading = (action: string): Permission[] => [{ action: `servicequotas:${action}`, resources: ['*'] }];

const known = (code: string): void => {
  if (code !== serviceCode) throw new quotas.NoSuchResourceException({ message: `the service ${code} has no quotas here: known is ${serviceCode}`, $metadata: {} });
};

/** Service Quotas, as far as MediaLive's: what there may be in a Region. */
export const createServiceQuotasService = ({ mediaLive = defaultQuotas }: ServiceQuotasDeps = {}): SchemaService => {
  const operations: Operations<typeof quotas> = {
    ListServiceQuotas: {
      permissions: () => reading('ListServiceQuotas'),
      handle: ({ ServiceCode }, context) => {
        known(ServiceCode);
        return { Quotas: listed(mediaLive, context) };
      },
    },
    ListAWSDefaultServiceQuotas: {
      permissions: () => reading('ListAWSDefaultServiceQuotas'),
      handle: ({ ServiceCode }, context) => {
        known(ServiceCode);
        return { Quotas: listed(defaultQuotas, context) };
      },
    },
    GetServiceQuota: {
      permissions: () => reading('GetServiceQuota'),
      handle: ({ ServiceCode, QuotaCode }, context) => {
        known(ServiceCode);
        const Quota = listed(mediaLive, context).find((quota) => quota.QuotaCode === QuotaCode);
        if (!Quota) throw new quotas.NoSuchResourceException({ message: `the quota ${QuotaCode} is not known here`, $metadata: {} });
        return { Quota };
      },
    },
  };
  return defineService('servicequotas', quotas, operations);
};
