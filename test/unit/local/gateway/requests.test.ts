import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import * as apigateway from '@aws-sdk/client-api-gateway';
import * as lambda from '@aws-sdk/client-lambda';
import * as keyvaluestore from '@aws-sdk/client-cloudfront-keyvaluestore';
import { signedRequest } from '../../../../local/gateway/authentication/credential-scope.ts';
import { isSignedWith, sha256 } from '../../../../local/gateway/authentication/signature.ts';
import { describeSdk } from '../../../../local/gateway/codec/sdk-schema.ts';
import { matchRoute } from '../../../../local/gateway/protocols/route-table.ts';

const requestWith = (headers: Record<string, string>): IncomingMessage => Object.assign(new IncomingMessage(new Socket()), { headers });

describe('signedRequest', () => {
  it('takes key, Region and service from the header', () => {
    const authorization = 'AWS4-HMAC-SHA256 Credential=AKIA/x/20261123/us-east-1/medialive/aws4_request, SignedHeaders=host;x-amz-date, Signature=ab';

    expect(signedRequest(requestWith({ authorization, 'x-amz-security-token': 't' }), new URLSearchParams())).toEqual({
      algorithm: 'sigv4', accessKeyId: 'AKIA/x', date: '20261123', region: 'us-east-1', service: 'medialive', signedHeaders: ['host', 'x-amz-date'], signature: 'ab', presigned: false, sessionToken: 't',
    });
  });

  it('takes the service from a scope without a Region', () => {
    const authorization = 'AWS4-ECDSA-P256-SHA256 Credential=AKIA/20261123/cloudfront-keyvaluestore/aws4_request, SignedHeaders=host, Signature=ab';

    expect(signedRequest(requestWith({ authorization }), new URLSearchParams())).toMatchObject({ algorithm: 'sigv4a', accessKeyId: 'AKIA', service: 'cloudfront-keyvaluestore', region: undefined });
  });

  it('takes a presigned URL from its query', () => {
    const query = new URLSearchParams({ 'X-Amz-Algorithm': 'AWS4-HMAC-SHA256', 'X-Amz-Credential': 'AKIA/20261123/us-east-1/s3/aws4_request', 'X-Amz-SignedHeaders': 'host', 'X-Amz-Signature': 'ab' });

    expect(signedRequest(requestWith({}), query)).toMatchObject({ accessKeyId: 'AKIA', service: 's3', presigned: true });
  });

  it.each(['Bearer abc', 'AWS4-HMAC-SHA256 Credential=AKIA', 'AWS4-HMAC-SHA256', ''])('finds none in "%s"', (authorization) => {
    expect(signedRequest(requestWith({ authorization }), new URLSearchParams())).toBeUndefined();
  });
});

describe('isSignedWith', () => {
  // "GET Object" of https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
  const empty = sha256('');
  const headers = { host: 'examplebucket.s3.amazonaws.com', range: 'bytes=0-9', 'x-amz-content-sha256': empty, 'x-amz-date': '20130524T000000Z' };
  const authorization =
    'AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, SignedHeaders=host;range;x-amz-content-sha256;x-amz-date, Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41';
  const signed = signedRequest(requestWith({ authorization }), new URLSearchParams())!;
  const parts = { method: 'GET', path: '/test.txt', query: new URLSearchParams(), headers, payloadHash: empty };

  it("agrees with AWS's own example", () => {
    expect(isSignedWith('wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', signed, parts)).toBe(true);
  });

  it.each([
    ['another secret', 'x', parts],
    ['another path', 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', { ...parts, path: '/other.txt' }],
    ['another header', 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', { ...parts, headers: { ...headers, range: 'bytes=0-10' } }],
  ])('rejects %s', (_what, secret, changed) => {
    expect(isSignedWith(secret, signed, changed)).toBe(false);
  });
});

describe('matchRoute', () => {
  const find = (sdk: Readonly<Record<string, unknown>>, method: string, url: string) => {
    const [path = '', search = ''] = url.split('?');
    const match = matchRoute({ method, path, query: new URLSearchParams(search), headers: {}, body: Buffer.alloc(0) }, describeSdk(sdk));
    return match && [match.operation.name, Object.fromEntries(match.labels)];
  };

  it('decodes labels that hold slashes', () => {
    expect(find(keyvaluestore, 'GET', '/key-value-stores/arn%3Aaws%3A%3Akvs%2F1/keys/a%2Fb')).toEqual(['GetKey', { KvsARN: 'arn:aws::kvs/1', Key: 'a/b' }]);
  });

  it('prefers fixed text and fixed queries', () => {
    expect(find(apigateway, 'GET', '/restapis/a/resources/b?embed=methods')?.[0]).toBe('GetResource');
    expect(find(apigateway, 'PUT', '/restapis/a?mode=merge')?.[0]).toBe('PutRestApi');
    expect(find(apigateway, 'POST', '/restapis?mode=import')?.[0]).toBe('ImportRestApi');
    expect(find(apigateway, 'POST', '/restapis')?.[0]).toBe('CreateRestApi');
  });

  it('takes a path with or without its last slash', () => {
    expect(find(lambda, 'GET', '/2015-03-31/functions/')?.[0]).toBe('ListFunctions');
    expect(find(lambda, 'GET', '/2015-03-31/functions')?.[0]).toBe('ListFunctions');
  });

  it('rejects a label that is not percent-encoded', () => {
    expect(() => find(lambda, 'GET', '/2015-03-31/functions/%E0%A4')).toThrow('FunctionName: "%E0%A4" is not percent-encoded UTF-8');
  });

  it('finds nothing for what is no route', () => {
    expect(find(lambda, 'GET', '/nothing')).toBeUndefined();
  });
});
