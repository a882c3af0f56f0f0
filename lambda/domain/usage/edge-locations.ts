import type { PriceGeography } from '../pricing/delivery-rates.ts';
import type { LoggedGeography } from './delivery-log.ts';

/**
 * The airports that CloudFront names its edge locations after, by price geography.
 * Sources: https://aws.amazon.com/cloudfront/features/ (edge locations) and https://aws.amazon.com/cloudfront/pricing/
 * (Mexico is priced as the United States, Israel and Türkiye as Europe, New Zealand as Australia).
 * A code that is missing here leaves its traffic unpriced, never wrongly priced: add it.
 */
const airports: Readonly<Record<PriceGeography, string>> = {
  US: 'ATL BOS BNA BUF CLT CMH CVG DEN DFW DTW EWR FTW GSP HIO IAD IAH IND JAX JFK LAS LAX LGA MCI MCO MDW MEM MIA MSP MSY OKC OMA ORD PDX PHL PHX PIT QRO RDU RIC SAN SAT SEA SFO SJC SLC STL TPA TUS MEX GDL MTY HNL ABQ AUS BWI DCA HOU LIT PVU SMF',
  CA: 'YTO YUL YVR YYC YYZ YOW',
  EU: 'AMS ARN ATH BCN BEG BER BHX BRU BTS BUD CDG CGN CPH CTA DUB DUS EDI FCO FRA HAM HEL IST KBP LHR LIS LGW LTN LUX LYS MAD MAN MRS MUC MXP OPO ORY OSL OTP PMO PRG RIX SOF STN SVQ TLL TLV TXL VIE VNO WAW ZAG ZRH',
  JP: 'FUK HND ITM KIX NRT OKA CTS',
  AP: 'BKK CAN CGK DMK DPS HAN HKG ICN KUL MNL PUS SGN SIN TPE PNH DAD GMP TSA JHB DVO CEB',
  AU: 'ADL AKL BNE MEL PER SYD CBR WLG CHC',
  IN: 'AMD BLR BOM CCU COK DEL HYD IXC JAI LKO MAA NAG PAT PNQ TRV VTZ',
  SA: 'ASU BOG BSB CNF CWB EZE FOR GIG GRU LIM MVD POA REC SCL SSA UIO VCP GYE MDE',
  ME: 'AUH AMM BAH CAI DOH DXB FJR JED KWI MCT RUH DMM',
  ZA: 'CPT DUR JNB NBO LOS ACC MBA ADD',
};

const geographyOfAirport = new Map(
  Object.entries(airports).flatMap(([geography, codes]) => codes.split(' ').map((code): [string, string] => [code, geography])),
);

const isGeography = (value: string | undefined): value is PriceGeography => value !== undefined && value in airports;

/** The price geography of a log's `x-edge-location` (`IAD89-P1`: airport, number, suffix); UNKNOWN when it is on no list. */
export const geographyOfEdgeLocation = (edgeLocation: string): LoggedGeography => {
  const geography = geographyOfAirport.get(edgeLocation.slice(0, 3).toUpperCase());
  return isGeography(geography) ? geography : 'UNKNOWN';
};
