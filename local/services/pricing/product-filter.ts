import { InvalidParameterException, type Filter } from '@aws-sdk/client-pricing';
import type { PriceRow } from './price-snapshot.ts';

const mostFilters = 50;
const mostCharacters = 1_024;

const invalid = (message: string): InvalidParameterException => new InvalidParameterException({ message, $metadata: {} });

const fieldOf = ({ sku, service, productFamily, attributes }: PriceRow, field: string): string | undefined => {
  if (field === 'ServiceCode' || field === 'servicecode') return service;
  if (field === 'productFamily') return productFamily;
  if (field === 'sku') return sku;
  return attributes[field];
};

const listOf = (value: string): readonly string[] => value.split(',').map((part) => part.trim());

const matcher = ({ Type, Field = '', Value = '' }: Filter): ((row: PriceRow) => boolean) => {
  if (Field === '' || Field.length > mostCharacters || Value.length > mostCharacters) {
    throw invalid(`A filter's Field and Value must have at most ${mostCharacters} characters, and Field at least 1`);
  }
  switch (Type) {
    case 'TERM_MATCH':
    case 'EQUALS':
      return (row) => fieldOf(row, Field) === Value;
    case 'CONTAINS':
      return (row) => fieldOf(row, Field)?.includes(Value) ?? false;
    case 'ANY_OF':
      return (row) => listOf(Value).includes(fieldOf(row, Field) ?? '');
    case 'NONE_OF':
      return (row) => !listOf(Value).includes(fieldOf(row, Field) ?? '');
    case undefined:
    default:
      throw invalid(`A filter's type is not valid: expected TERM_MATCH, EQUALS, CONTAINS, ANY_OF or NONE_OF`);
  }
};

/** Whether a product passes all filters: they are ANDed. Throws an InvalidParameterException. */
export const productFilter = (filters: readonly Filter[]): ((row: PriceRow) => boolean) => {
  if (filters.length > mostFilters) throw invalid(`${filters.length} filters were given, allowed are ${mostFilters}`);
  const matchers = filters.map(matcher);
  return (row) => matchers.every((matches) => matches(row));
};
