// Registers the signer for all Regions at once, which the store's data API asks for.
import '@smithy/signature-v4a';
import { CloudFrontKeyValueStoreClient } from '@aws-sdk/client-cloudfront-keyvaluestore';
import { lookup } from 'node:dns';
import { Agent } from 'node:http';
import type { LookupFunction } from 'node:net';

/** Names below `localhost` lead to this machine (RFC 6761), which not every resolver knows; the client puts the account before its host. */
const loopbackLookup: LookupFunction = (host, options, done) => {
  if (host.endsWith('.localhost')) done(null, [{ address: '127.0.0.1', family: 4 }]);
  else lookup(host, options, done);
};

/** The edge's key value store, with endpoint, Region and credentials of the SDK's environment. */
export const edgeStoreClient = (): CloudFrontKeyValueStoreClient => new CloudFrontKeyValueStoreClient({ requestHandler: { httpAgent: new Agent({ lookup: loopbackLookup }) } });
