import { resolveDynamicReferences, type SecretReference } from '../../../../local/assembly/template/dynamic-references.ts';

const arn = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:origin-AbCdEf';

const aReader = () => {
  const asked: SecretReference[] = [];
  return {
    asked,
    read: async (reference: SecretReference) => {
      asked.push(reference);
      return 'value$&';
    },
  };
};

describe('dynamic references', () => {
  it.each([
    [`{{resolve:secretsmanager:${arn}:SecretString:key::}}`, { secretId: arn, jsonKey: 'key' }],
    [`{{resolve:secretsmanager:${arn}:SecretString:key:AWSPREVIOUS:}}`, { secretId: arn, jsonKey: 'key', versionStage: 'AWSPREVIOUS' }],
    [`{{resolve:secretsmanager:${arn}:SecretString:key::v-1}}`, { secretId: arn, jsonKey: 'key', versionId: 'v-1' }],
    [`{{resolve:secretsmanager:${arn}}}`, { secretId: arn }],
    ['{{resolve:secretsmanager:by-name:SecretString}}', { secretId: 'by-name' }],
  ])('reads %s', async (text, reference) => {
    const { asked, read } = aReader();

    const resolved = await resolveDynamicReferences({ Header: text }, read);

    expect(asked).toEqual([reference]);
    expect(resolved).toEqual({ Header: 'value$&' });
  });

  it('replaces within texts, lists and objects', async () => {
    const { read } = aReader();

    const resolved = await resolveDynamicReferences({ List: [{ A: 'x {{resolve:secretsmanager:s}} y' }], Count: 3, None: null }, read);

    expect(resolved).toEqual({ List: [{ A: 'x value$& y' }], Count: 3, None: null });
  });

  it('refuses references to anything but secrets', async () => {
    const { read } = aReader();

    const resolving = resolveDynamicReferences({ A: '{{resolve:ssm:/name:1}}' }, read);

    await expect(resolving).rejects.toThrow('{{resolve:ssm:/name:1}} is not implemented in local mode');
  });
});
