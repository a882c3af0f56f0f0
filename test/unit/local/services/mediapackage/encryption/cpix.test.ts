import fc from 'fast-check';
import { answerCpix } from '../../../../../../local/services/keyserver/answer-cpix.ts';
import { contentKeys } from '../../../../../../local/services/keyserver/content-keys.ts';
import { KeyProviderError, keyIdOf } from '../../../../../../local/services/mediapackage/encryption/content-key.ts';
import { cpixRequest } from '../../../../../../local/services/mediapackage/encryption/cpix-request.ts';
import { parseCpixResponse } from '../../../../../../local/services/mediapackage/encryption/cpix-response.ts';
import { readXml } from '../../../../../../local/services/mediapackage/encryption/xml-reader.ts';

const keyId = '6c5f5206-7d98-4808-84d8-94f132c1e9fe';
const systemId = '81376844-f976-481e-a84e-cc25d39b0b33';

// What the SPEKE reference server's guide shows as its answer.
const answer = `<?xml version="1.0" encoding="UTF-8"?>
<cpix:CPIX xmlns:cpix="urn:dashif:org:cpix" xmlns:pskc="urn:ietf:params:xml:ns:keyprov:pskc" xmlns:speke="urn:aws:amazon:com:speke" id="5E99137A-BD6C-4ECC-A24D-A3EE04B4E011">
   <cpix:ContentKeyList>
      <cpix:ContentKey kid="${keyId}">
         <cpix:Data><pskc:Secret><pskc:PlainValue>ALzP1aOTJvzfqg9I12k2Vw==</pskc:PlainValue></pskc:Secret></cpix:Data>
      </cpix:ContentKey>
   </cpix:ContentKeyList>
   <cpix:DRMSystemList>
      <cpix:DRMSystem kid="${keyId}" systemId="${systemId}">
         <speke:KeyFormat />
         <speke:KeyFormatVersions />
         <cpix:URIExtXKey>aHR0cHM6Ly9kMnVod2Jqc3p1ejF2Ny5jbG91ZGZyb250Lm5ldC81RTk5MTM3QS1CRDZDLTRFQ0MtQTI0RC1BM0VFMDRCNEUwMTEvNmM1ZjUyMDYtN2Q5OC00ODA4LTg0ZDgtOTRmMTMyYzFlOWZl</cpix:URIExtXKey>
      </cpix:DRMSystem>
   </cpix:DRMSystemList>
   <cpix:ContentKeyPeriodList>
      <cpix:ContentKeyPeriod id="keyPeriod_e64248f6-f307-4b99-aa67-b35a78253622" index="11425" />
   </cpix:ContentKeyPeriodList>
</cpix:CPIX>`;

const base64 = (text: string): string => Buffer.from(text).toString('base64');

describe('asking for a key', () => {
  it('names content, key, system and period', () => {
    const root = readXml(cpixRequest({ resourceId: 'show & tell', systemId }, { keyId, period: 11_425 }));

    expect(root.attributes.get('id')).toBe('show & tell');
    expect(root.children.map(({ name, children: [first] }) => [name, first?.name, Object.fromEntries(first?.attributes ?? [])])).toEqual([
      ['ContentKeyList', 'ContentKey', { kid: keyId }],
      ['DRMSystemList', 'DRMSystem', { kid: keyId, systemId }],
      ['ContentKeyPeriodList', 'ContentKeyPeriod', { id: `keyPeriod_${keyId}`, index: '11425' }],
      ['ContentKeyUsageRuleList', 'ContentKeyUsageRule', { kid: keyId }],
    ]);
  });

  it('names no period for a key that stays', () => {
    const root = readXml(cpixRequest({ resourceId: 'show', systemId, constantInitializationVector: '00'.repeat(15) + '01' }, { keyId }));

    expect(root.children.map(({ name }) => name)).toEqual(['ContentKeyList', 'DRMSystemList']);
    expect(root.children[0]?.children[0]?.attributes.get('explicitIV')).toBe('AAAAAAAAAAAAAAAAAAAAAQ==');
  });

  it('gives each content and period an id of its own', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.tuple(fc.string(), fc.option(fc.nat(), { nil: undefined })), { minLength: 2, selector: (pair) => JSON.stringify(pair) }), (pairs) => {
        const ids = pairs.map(([resourceId, period]) => keyIdOf(resourceId, period));
        expect(new Set(ids).size).toBe(pairs.length);
        expect(ids.every((id) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id))).toBe(true);
      }),
    );
  });
});

describe('reading a key server\'s answer', () => {
  it('reads the reference server\'s answer', () => {
    expect(parseCpixResponse(answer, keyId, systemId)).toEqual({
      key: Buffer.from('ALzP1aOTJvzfqg9I12k2Vw==', 'base64'),
      uri: `https://d2uhwbjszuz1v7.cloudfront.net/5E99137A-BD6C-4ECC-A24D-A3EE04B4E011/${keyId}`,
    });
  });

  it('takes a vector that the key server gives', () => {
    const parsed = parseCpixResponse(answer.replace(`kid="${keyId}">`, `kid="${keyId}" explicitIV="OFj2IjCsPJFfMAxmQxLGPw==">`), keyId.toUpperCase(), systemId.toUpperCase());

    expect(parsed.initializationVector?.toString('base64')).toBe('OFj2IjCsPJFfMAxmQxLGPw==');
  });

  it.each([
    ['no XML', '<html><body>Bad Gateway', 'is no XML'],
    ['another document', '<html></html>', 'expected <CPIX>'],
    ['another namespace', answer.replace('urn:dashif:org:cpix', 'urn:other'), 'expected <CPIX>'],
    ['another key', answer.replaceAll(keyId, keyId.replace('6', '7')), 'no ContentKey'],
    ['another system', answer.replace(systemId, systemId.replace('8', '9')), 'no DRMSystem'],
    ['a key that is too short', answer.replace('ALzP1aOTJvzfqg9I12k2Vw==', 'ALzP1aOTJvzf'), 'has 9 bytes, expected 16'],
    ['a key that is no base64', answer.replace('ALzP1aOTJvzfqg9I12k2Vw==', '!!'), 'is not base64'],
    ['an encrypted key', answer.replaceAll('PlainValue', 'EncryptedValue'), 'is encrypted'],
    ['no URI', answer.replace(/<cpix:URIExtXKey>.*<\/cpix:URIExtXKey>/, ''), 'names no URI'],
    ['a URI that breaks out of its quotes', answer.replace(/(<cpix:URIExtXKey>).*(<\/)/, `$1${base64('https://keys/"\n#EXT-X-KEY:METHOD=NONE')}$2`), 'names no URI'],
    ['a key format for DRM', answer.replace('<speke:KeyFormat />', `<speke:KeyFormat>${base64('com.apple.streamingkeydelivery')}</speke:KeyFormat>`), 'key format'],
  ])('refuses %s', (_, document, message) => {
    expect(() => parseCpixResponse(document, keyId, systemId)).toThrow(KeyProviderError);
    expect(() => parseCpixResponse(document, keyId, systemId)).toThrow(message);
  });

  it('reads what the local key server makes of its request', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[ -~]{1,40}$/), fc.option(fc.nat(), { nil: undefined }), (resourceId, period) => {
        const id = keyIdOf(resourceId, period);
        const keys = contentKeys('secret');
        const document = cpixRequest({ resourceId, systemId }, { keyId: id, ...(period !== undefined && { period }) });

        const parsed = parseCpixResponse(answerCpix(document, { keys, keyUrl: (_, kid) => `http://keys/${kid}` }), id, systemId);

        expect(parsed).toEqual({ key: keys.keyOf(resourceId, id), uri: `http://keys/${id}` });
      }),
    );
  });
});
