import * as iam from '@aws-sdk/client-iam';
import * as medialive from '@aws-sdk/client-medialive';
import * as scheduler from '@aws-sdk/client-scheduler';
import { CodecError } from '../../../../local/gateway/codec/codec-error.ts';
import { formTree, readForm } from '../../../../local/gateway/codec/form-input.ts';
import { parseJson, readJson } from '../../../../local/gateway/codec/json-input.ts';
import { writeJson } from '../../../../local/gateway/codec/json-output.ts';
import { missingMembers } from '../../../../local/gateway/codec/missing-members.ts';
import { describeSdk } from '../../../../local/gateway/codec/sdk-schema.ts';
import { readTimestamp, writeTimestamp } from '../../../../local/gateway/codec/timestamp.ts';

const inputOf = (sdk: Readonly<Record<string, unknown>>, operation: string) => describeSdk(sdk).operations.get(operation)!.input;
const rest = { jsonName: true };

describe('describeSdk', () => {
  it('takes protocol, operations and errors from the client', () => {
    const description = describeSdk(medialive);

    expect(description.protocol).toBe('restJson1');
    expect(description.operations.get('CreateChannel')?.http).toEqual(['POST', '/prod/channels', 201]);
    expect(description.errors.get('NotFoundException')).toMatchObject({ statusCode: 404, fault: 'client' });
  });

  it('rejects a module that is no SDK client', () => {
    expect(() => describeSdk({ a: 1 })).toThrow(/exports one class <Service>Client/);
  });
});

describe('JSON', () => {
  const schedule = inputOf(scheduler, 'CreateSchedule');

  it('reads times and drops what it does not know', () => {
    const value = readJson(schedule, { StartDate: 1_795_428_000.5, Unknown: 1, Target: { Arn: 'a', RoleArn: 'r', RetryPolicy: { MaximumRetryAttempts: 0 } } }, rest);

    expect(value).toEqual({ StartDate: new Date('2026-11-23T10:00:00.500Z'), Target: { Arn: 'a', RoleArn: 'r', RetryPolicy: { MaximumRetryAttempts: 0 } } });
  });

  it.each([
    [{ Target: [] }, '/Target: expected object, got array'],
    [{ Target: { RetryPolicy: { MaximumRetryAttempts: '3' } } }, '/Target/RetryPolicy/MaximumRetryAttempts: expected number, got string'],
    [{ GroupName: 1 }, '/GroupName: expected string, got number'],
    [{ StartDate: 'yesterday' }, '/StartDate: expected a timestamp, got "yesterday"'],
  ])('rejects %j with the path', (value, message) => {
    expect(() => readJson(schedule, value, rest)).toThrow(new CodecError(message));
  });

  it('rejects a body that is not JSON', () => {
    expect(() => parseJson(Buffer.from('{"a"'))).toThrow('the request body is not valid JSON');
  });

  it('reads what it wrote', () => {
    const value = { Name: 'n', StartDate: new Date('2026-11-23T10:00:00.250Z'), Target: { Arn: 'a', RoleArn: 'r', Input: '{"x":"ü"}' } };

    expect(readJson(schedule, JSON.parse(JSON.stringify(writeJson(schedule, value, rest))), rest)).toEqual(value);
  });

  it('names members as the wire does', () => {
    expect(writeJson(inputOf(medialive, 'CreateChannel'), { Name: 'x', InputSpecification: { MaximumBitrate: 'MAX_10_MBPS' }, Extra: 1 }, rest)).toEqual({
      name: 'x',
      inputSpecification: { maximumBitrate: 'MAX_10_MBPS' },
    });
  });
});

describe('forms', () => {
  const read = (form: string) => readForm(inputOf(iam, 'CreateRole'), formTree(new URLSearchParams(form)));

  it('read numbered lists in the order of their numbers', () => {
    expect(read('RoleName=a&Tags.member.10.Key=z&Tags.member.10.Value=1&Tags.member.2.Key=b&Tags.member.2.Value=')).toEqual({
      RoleName: 'a',
      Tags: [{ Key: 'b', Value: '' }, { Key: 'z', Value: '1' }],
    });
  });

  it.each([
    ['MaxSessionDuration=long', 'MaxSessionDuration: expected a number, got "long"'],
    ['RoleName.x=1', 'RoleName: expected a value, got a structure'],
  ])('reject %s', (form, message) => {
    expect(() => read(form)).toThrow(new CodecError(message));
  });
});

describe('missingMembers', () => {
  it('finds required members at every depth', () => {
    expect(missingMembers(inputOf(scheduler, 'CreateSchedule'), { Name: 'n', ScheduleExpression: 'rate(1 day)', Target: { Arn: 'a' }, FlexibleTimeWindow: { Mode: 'OFF' } })).toEqual(['/Target/RoleArn']);
    expect(missingMembers(inputOf(iam, 'CreateRole'), { RoleName: 'a', Tags: [{ Key: 'k' }] })).toEqual(['/AssumeRolePolicyDocument', '/Tags/0/Value']);
  });
});

describe('timestamps', () => {
  it.each([
    ['date-time', '2026-11-23T10:00:00Z'],
    ['http-date', 'Mon, 23 Nov 2026 10:00:00 GMT'],
    ['epoch-seconds', 1_795_428_000],
  ] as const)('write and read %s', (format, text) => {
    expect(writeTimestamp(new Date('2026-11-23T10:00:00Z'), format)).toBe(text);
    expect(readTimestamp(text, 'x')).toEqual(new Date('2026-11-23T10:00:00Z'));
  });
});
