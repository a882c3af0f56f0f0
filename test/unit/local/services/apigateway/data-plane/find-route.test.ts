import { findRoute } from '../../../../../../local/services/apigateway/data-plane/find-route.ts';

const resource = (path: string, ...methods: string[]) => ({ id: path, path, resourceMethods: Object.fromEntries(methods.map((httpMethod) => [httpMethod, { httpMethod }])) });
const resources = Object.fromEntries([
  resource('/', 'GET'), resource('/events', 'GET', 'POST'), resource('/events/{id}', 'GET'), resource('/events/mine', 'GET'), resource('/events/{id}/breakouts', 'ANY'), resource('/{all+}', 'GET'), resource('/empty'),
].map((each) => [each.id, each]));

describe('route', () => {
  test.each([
    ['GET', '/', '/', {}],
    ['POST', '/events', '/events', {}],
    ['GET', '/events/', '/events', {}],
    ['GET', '/events/evt_1', '/events/{id}', { id: 'evt_1' }],
    ['GET', '/events/a%2Fb', '/events/{id}', { id: 'a/b' }],
    ['GET', '/events/mine', '/events/mine', {}],
    ['DELETE', '/events/evt_1/breakouts', '/events/{id}/breakouts', { id: 'evt_1' }],
    ['GET', '/events/evt_1/other', '/{all+}', { all: 'events/evt_1/other' }],
    ['GET', '/events/%', '/events/{id}', { id: '%' }],
  ])('finds %s %s', (method, path, expected, parameters) => {
    const route = findRoute({ resources }, method, path);

    expect([route?.resource.path, route?.pathParameters]).toEqual([expected, parameters]);
  });

  test.each([['DELETE', '/events'], ['POST', '/nowhere']])('finds nothing for %s %s', (method, path) => {
    expect(findRoute({ resources }, method, path)).toBeUndefined();
  });
});
