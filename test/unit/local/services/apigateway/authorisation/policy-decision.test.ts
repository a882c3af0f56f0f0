import { decide, policySchema } from '../../../../../../local/services/apigateway/authorisation/policy-decision.ts';

const arn = 'arn:aws:execute-api:us-east-1:123456789012:api/v1/GET/events/evt_1';
const statement = (Effect: 'Allow' | 'Deny', Resource: string | string[], Action = 'execute-api:Invoke') => ({ Effect, Action, Resource });

describe('policy of an authoriser', () => {
  test.each([
    ['allows what it names', [statement('Allow', arn)], 'allowed'],
    ['allows by wildcard', statement('Allow', ['arn:aws:execute-api:us-east-1:123456789012:api/*/GET/events/*']), 'allowed'],
    ['says nothing of others', [statement('Allow', arn.replace('GET', 'POST'))], 'not-allowed'],
    ['says nothing by another action', [statement('Allow', arn, 's3:*')], 'not-allowed'],
    ['denies before it allows', [statement('Allow', '*'), statement('Deny', '*')], 'denied'],
    ['takes dots as dots', [statement('Allow', arn.replace('evt_1', 'evt.1'))], 'not-allowed'],
  ])('%s', (_what, Statement, expected) => {
    expect(decide(policySchema.parse({ Version: '2012-10-17', Statement }), arn)).toBe(expected);
  });
});
