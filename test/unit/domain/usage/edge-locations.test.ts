import { geographyOfEdgeLocation } from '../../../../lambda/domain/usage/edge-locations.ts';

describe('geographyOfEdgeLocation', () => {
  it.each([['IAD89-P1', 'US'], ['YTO50-C1', 'CA'], ['TLV50-P2', 'EU'], ['HKG62', 'AP'], ['SYD1-C1', 'AU'], ['BOM52', 'IN'], ['GRU3', 'SA'], ['JNB50', 'ZA'], ['DXB50', 'ME'], ['XXX1-P1', 'UNKNOWN'], ['', 'UNKNOWN']])(
    'knows %s as %s',
    (location, geography) => {
      expect(geographyOfEdgeLocation(location)).toBe(geography);
    },
  );
});
