import { isReserved } from './rate-selection.ts';
import type { PricedService, Rate } from './rate.ts';

/** Usage types that some meter can ask for, by service; a book keeps no others, which keeps it small. */
const metered: Readonly<Record<PricedService, RegExp>> = {
  AWSElementalMediaLive: /^EML[12]-[A-Z0-9]+-(IN|OUT)-(MPEG2|AVC|HEVC)-/,
  AWSElementalMediaPackage: /(^|-)EMP-(ingest|origin-packaging)-bytes$/,
  AWSElementalMediaConvert: /^[A-Z0-9]+-[BP]-((AVC|HEVC)-(SD|HD|4K)-|Audio(Only)?$)/i,
  AmazonCloudFront: /^([A-Z]{2}-(DataTransfer-Out-Bytes|Requests-Tier1|Requests-Tier2-HTTPS)|([A-Z]{2}-)?(Executions-CloudFrontFunctions|KeyValueStore-EdgeReads))$/,
  AmazonS3: /^([A-Z0-9]+-)?(TimedStorage-(SIA-)?ByteHrs|Requests-Tier[12])$/,
  AmazonIVS: /(Input|Output)/,
};

const idleOperations = ['INACTIVE_CHANNEL', 'INACTIVE_INPUT'];

/** Whether a rate can be asked for by a meter: on demand, and of a metered usage type or operation. */
export const isMetered = (rate: Pick<Rate, 'service' | 'usageType' | 'attributes'>): boolean =>
  !isReserved(rate) && (metered[rate.service].test(rate.usageType) || idleOperations.includes(rate.attributes['operation'] ?? ''));
