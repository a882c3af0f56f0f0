import type { KeyRequest } from './content-key.ts';

/** What of an endpoint a key server is told. */
export interface EncryptedContent {
  readonly resourceId: string;
  readonly systemId: string;
  /** 32 hexadecimal digits that the operator chose. */
  readonly constantInitializationVector?: string;
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

const escape = (text: string): string => text.replaceAll(/[&<>"]/g, (character) => escapes[character] ?? character);

const rotation = ({ keyId, period }: KeyRequest): string => {
  if (period === undefined) return '';
  const periodId = `keyPeriod_${keyId}`;
  return (
    `<cpix:ContentKeyPeriodList><cpix:ContentKeyPeriod id="${periodId}" index="${period}"/></cpix:ContentKeyPeriodList>` +
    `<cpix:ContentKeyUsageRuleList><cpix:ContentKeyUsageRule kid="${keyId}"><cpix:KeyPeriodFilter periodId="${periodId}"/></cpix:ContentKeyUsageRule></cpix:ContentKeyUsageRuleList>`
  );
};

/**
 * The CPIX document with which SPEKE version 1 asks for one key of an HLS stream.
 * https://docs.aws.amazon.com/speke/latest/documentation/live-workflow-methods.html
 */
export const cpixRequest = ({ resourceId, systemId, constantInitializationVector }: EncryptedContent, request: KeyRequest): string => {
  const { keyId } = request;
  const explicitIv = constantInitializationVector === undefined ? '' : ` explicitIV="${Buffer.from(constantInitializationVector, 'hex').toString('base64')}"`;
  return (
    '<?xml version="1.0" encoding="UTF-8"?>' +
    `<cpix:CPIX id="${escape(resourceId)}" xmlns:cpix="urn:dashif:org:cpix" xmlns:pskc="urn:ietf:params:xml:ns:keyprov:pskc" xmlns:speke="urn:aws:amazon:com:speke">` +
    `<cpix:ContentKeyList><cpix:ContentKey kid="${keyId}"${explicitIv}/></cpix:ContentKeyList>` +
    `<cpix:DRMSystemList><cpix:DRMSystem kid="${keyId}" systemId="${escape(systemId)}">` +
    '<cpix:ContentProtectionData/><speke:KeyFormat/><speke:KeyFormatVersions/><speke:ProtectionHeader/><cpix:PSSH/><cpix:URIExtXKey/>' +
    '</cpix:DRMSystem></cpix:DRMSystemList>' +
    `${rotation(request)}</cpix:CPIX>`
  );
};
