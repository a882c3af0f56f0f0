import { answerCpix } from '../../../../../local/services/keyserver/answer-cpix.ts';
import { contentKeys } from '../../../../../local/services/keyserver/content-keys.ts';

const kid = '98ee5596-cd3e-a20d-163a-e382420c6eff';

// What the SPEKE guide gives as a typical live request, for one system.
const request = `<cpix:CPIX id="abc123" xmlns:cpix="urn:dashif:org:cpix" xmlns:pskc="urn:ietf:params:xml:ns:keyprov:pskc" xmlns:speke="urn:aws:amazon:com:speke">
  <cpix:ContentKeyList>
    <cpix:ContentKey kid="${kid}" explicitIV="OFj2IjCsPJFfMAxmQxLGPw=="></cpix:ContentKey>
  </cpix:ContentKeyList>
  <cpix:DRMSystemList>
    <!-- HLS AES-128 (systemId is implementation specific)-->
    <cpix:DRMSystem kid="${kid}" systemId="81376844-f976-481e-a84e-cc25d39b0b33">
      <cpix:URIExtXKey></cpix:URIExtXKey>
      <speke:KeyFormat></speke:KeyFormat>
      <speke:KeyFormatVersions></speke:KeyFormatVersions>
    </cpix:DRMSystem>
  </cpix:DRMSystemList>
  <cpix:ContentKeyPeriodList>
    <cpix:ContentKeyPeriod id="keyPeriod_0909829f-40ff-4625-90fa-75da3e53278f" index="1" />
  </cpix:ContentKeyPeriodList>
</cpix:CPIX>`;

const keys = contentKeys('a secret');
const options = { keys, keyUrl: (contentId: string, keyId: string) => `https://keys.example/${contentId}/${keyId}` };

describe('a key server\'s answer', () => {
  it('fills the guide\'s request with a key', () => {
    const answer = answerCpix(request, options);

    const key = keys.keyOf('abc123', kid).toString('base64');
    expect(answer).toContain(`<cpix:ContentKey kid="${kid}" explicitIV="OFj2IjCsPJFfMAxmQxLGPw=="><cpix:Data><pskc:Secret><pskc:PlainValue>${key}</pskc:PlainValue></pskc:Secret></cpix:Data></cpix:ContentKey>`);
    expect(answer).toContain(`<cpix:URIExtXKey>${Buffer.from(`https://keys.example/abc123/${kid}`).toString('base64')}</cpix:URIExtXKey>`);
    expect(answer).toContain('<speke:KeyFormat>aWRlbnRpdHk=</speke:KeyFormat><speke:KeyFormatVersions>MQ==</speke:KeyFormatVersions>');
    expect(answer).toContain('index="1"');
  });

  it.each([
    ['no XML', 'hello', 'no CPIX document'],
    ['a document that breaks off', request.slice(0, 300), 'no CPIX document'],
    ['a document without content', request.replace(' id="abc123"', ''), 'CPIX has no id'],
    ['a document without keys', request.replace(/<cpix:ContentKey [\s\S]*<\/cpix:ContentKey>/, ''), 'asks for no key'],
  ])('refuses %s', (_, document, message) => {
    expect(() => answerCpix(document, options)).toThrow(message);
  });

  it('gives every content and key id keys of their own', () => {
    const made = [keys.keyOf('a', kid), keys.keyOf('b', kid), keys.keyOf('a', kid.replace('9', '8')), contentKeys('another').keyOf('a', kid)];

    expect(new Set(made.map((key) => key.toString('hex'))).size).toBe(4);
    expect(keys.keyOf('a', kid.toUpperCase())).toEqual(made[0]);
  });
});
