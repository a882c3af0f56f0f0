import { deniesPrincipal, evaluatePolicy, isTrusted } from '../../../../../local/services/iam/policy/evaluate-policy.ts';
import { parsePolicy } from '../../../../../local/services/iam/policy/policy-document.ts';

const statements = (...list: object[]) => parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement: list }));
const allow = (Action: string | string[], Resource: string | string[] = '*') => ({ Effect: 'Allow', Action, Resource });

describe('evaluatePolicy', () => {
  it.each([
    ['an exact action', allow('s3:GetObject'), 's3:GetObject', 'arn:aws:s3:::b/k', 'allowed'],
    ['an action in another case', allow('S3:getobject'), 's3:GetObject', 'arn:aws:s3:::b/k', 'allowed'],
    ['a wildcard action', allow('s3:Get*'), 's3:GetObject', 'arn:aws:s3:::b/k', 'allowed'],
    ['another action', allow('s3:Get*'), 's3:PutObject', 'arn:aws:s3:::b/k', 'not allowed'],
    ['a wildcard resource', allow('s3:*', 'arn:aws:s3:::b/*'), 's3:GetObject', 'arn:aws:s3:::b/a/k', 'allowed'],
    ['a resource of another bucket', allow('s3:*', 'arn:aws:s3:::b/*'), 's3:GetObject', 'arn:aws:s3:::bb/k', 'not allowed'],
    ['a resource in another case', allow('s3:*', 'arn:aws:s3:::b/K'), 's3:GetObject', 'arn:aws:s3:::b/k', 'not allowed'],
    ['one character for ?', allow('secretsmanager:*', 'arn:s-??????'), 'secretsmanager:GetSecretValue', 'arn:s-AbC123', 'allowed'],
    ['dots that are only dots', allow('s3:*', 'arn:a.b'), 's3:GetObject', 'arn:axb', 'not allowed'],
    ['NotAction', { Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }, 's3:GetObject', 'x', 'allowed'],
    ['an action of NotAction', { Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }, 'iam:GetRole', 'x', 'not allowed'],
    ['NotResource', { Effect: 'Allow', Action: '*', NotResource: 'arn:a' }, 's3:GetObject', 'arn:b', 'allowed'],
    ['an Allow with a condition', { ...allow('s3:*'), Condition: { StringEquals: { a: 'b' } } }, 's3:GetObject', 'x', 'allowed'],
  ])('decides %s', (_what, statement, action, resource, decision) => {
    expect(evaluatePolicy(statements(statement), action, resource)).toBe(decision);
  });

  it('lets a deny win over an allow', () => {
    expect(evaluatePolicy(statements(allow('*'), { Effect: 'Deny', Action: 's3:*', Resource: '*' }), 's3:GetObject', 'x')).toBe('explicitly denied');
  });

  it('skips a deny with a condition', () => {
    expect(evaluatePolicy(statements(allow('*'), { Effect: 'Deny', Action: 's3:*', Resource: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }), 's3:GetObject', 'x')).toBe('allowed');
  });
});

describe('deniesPrincipal', () => {
  const role = 'arn:aws:iam::123456789012:role/aws-service-role/ivs.amazonaws.com/AWSServiceRoleForIVSRecordToS3';
  const deny = { Effect: 'Deny', Principal: '*', Action: 's3:PutObject', Resource: 'arn:aws:s3:::b/ivs/*' };

  it.each([
    ['everyone', deny, true],
    ['the role by its name', { ...deny, Principal: { AWS: role } }, true],
    ['another role', { ...deny, Principal: { AWS: `${role}2` } }, false],
    ['everyone, of another object', { ...deny, Resource: 'arn:aws:s3:::b/ivt/*' }, false],
    ['everyone on a condition', { ...deny, Condition: { Bool: { 'aws:SecureTransport': 'false' } } }, false],
    ['nobody', { ...deny, Effect: 'Allow' }, false],
  ])('answers for what denies %s', (_, statement, expected) => {
    expect(deniesPrincipal(statements(statement), role, 's3:PutObject', 'arn:aws:s3:::b/ivs/v1/o')).toBe(expected);
  });
});

describe('isTrusted', () => {
  const trust = (Principal: unknown) => statements({ Effect: 'Allow', Principal, Action: 'sts:AssumeRole' });

  it.each([
    ['a service that is named', { Service: ['lambda.amazonaws.com', 'states.amazonaws.com'] }, { service: 'states.amazonaws.com' }, true],
    ['a service that is not', { Service: 'lambda.amazonaws.com' }, { service: 'states.amazonaws.com' }, false],
    ['an account', { AWS: 'arn:aws:iam::1:root' }, { aws: ['arn:aws:iam::1:root'] }, true],
    ['anybody', '*', { aws: ['x'] }, true],
    ['no service by anybody', '*', { service: 'lambda.amazonaws.com' }, false],
  ])('decides about %s', (_what, principal, party, trusted) => {
    expect(isTrusted(trust(principal), party)).toBe(trusted);
  });
});
