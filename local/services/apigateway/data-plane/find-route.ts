import type { ApiDefinition, ApiResource } from '../api-definition.ts';
import type { Route } from './exchange.ts';

const segmentsOf = (path: string): string[] => path.split('/').filter((segment) => segment !== '');

const decoded = (segment: string): string => {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
};

/** How exactly a pattern's segment matches: text before placeholder before greedy placeholder. */
const weight = (segment: string | undefined): number => (segment === undefined ? 3 : segment.endsWith('+}') ? 2 : segment.startsWith('{') ? 1 : 0);

const match = (resource: ApiResource, given: readonly string[]): Record<string, string> | undefined => {
  const pattern = segmentsOf(resource.path);
  const parameters: Record<string, string> = {};
  for (const [position, segment] of pattern.entries()) {
    const value = given[position];
    if (value === undefined) return undefined;
    if (segment.endsWith('+}')) return { ...parameters, [segment.slice(1, -2)]: given.slice(position).map(decoded).join('/') };
    if (segment.startsWith('{')) parameters[segment.slice(1, -1)] = decoded(value);
    else if (segment !== decoded(value)) return undefined;
  }
  return pattern.length === given.length ? parameters : undefined;
};

const moreExact = (left: ApiResource, right: ApiResource): number => {
  const [one, other] = [segmentsOf(left.path), segmentsOf(right.path)];
  for (let position = 0; position < Math.max(one.length, other.length); position += 1) {
    const difference = weight(one[position]) - weight(other[position]);
    if (difference !== 0) return difference;
  }
  return 0;
};

/** The method for a path (without its stage) and an HTTP method, the most exact resource first; `undefined` when there is none. */
export const findRoute = ({ resources }: Pick<ApiDefinition, 'resources'>, httpMethod: string, path: string): Route | undefined => {
  const given = segmentsOf(path);
  const matches = Object.values(resources).flatMap((resource) => {
    const pathParameters = match(resource, given);
    const method = resource.resourceMethods[httpMethod] ?? resource.resourceMethods['ANY'];
    return pathParameters && method ? [{ resource, method, pathParameters }] : [];
  });
  return matches.toSorted((left, right) => moreExact(left.resource, right.resource))[0];
};
