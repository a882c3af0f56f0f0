import type { CamGeography } from '../pricing/cam-rates.ts';

/** Countries by ISO 3166-1 alpha-2, as CloudWatch names them. AWS does not publish which countries a billing region has: these go by continent. */
const countries: Readonly<Record<CamGeography, string>> = {
  AP: 'BD BN BT CC CN CX HK ID IO KG KH KZ LA LK MM MN MO MV MY NP PH PK SG TH TJ TL TM TW UZ VN',
  AU: 'AS AU CK FJ FM GU HM KI MH MP NC NF NR NU NZ PF PG PN PW SB TK TO TV UM VU WF WS',
  EU: 'AD AL AM AT AX AZ BA BE BG BY CH CY CZ DE DK EE ES FI FO FR GB GE GG GI GR HR HU IE IM IS IT JE LI LT LU LV MC MD ME MK MT NL NO PL PT RO RS RU SE SI SJ SK SM UA VA XK',
  IN: 'IN',
  JP: 'JP',
  KR: 'KR',
  MEA: 'AE AO BF BH BI BJ BW CD CF CG CI CM CV DJ DZ EG EH ER ET GA GH GM GN GQ GW IL IQ IR JO KE KM KW LB LR LS LY MA MG ML MR MU MW MZ NA NE NG OM PS QA RE RW SA SC SD SH SL SN SO SS ST SY SZ TD TG TN TR TZ UG YE YT ZA ZM ZW',
  NA: 'BM CA GL MX PM US',
  SA: 'AG AI AR AW BB BL BO BQ BR BS BZ CL CO CR CU CW DM DO EC FK GD GF GP GT GY HN HT JM KN KY LC MF MQ MS NI PA PE PR PY SR SV SX TC TT UY VC VE VG VI',
};

const isGeography = (name: string): name is CamGeography => name in countries;

const geographies: ReadonlyMap<string, CamGeography> = new Map(
  Object.entries(countries).flatMap(([geography, codes]) => (isGeography(geography) ? codes.split(' ').map((code) => [code, geography] as const) : [])),
);

/** The billing region of viewers in a country; undefined of `UNKNOWN` and of codes that are on no list. */
export const geographyOfCountry = (country: string): CamGeography | undefined => geographies.get(country);
