// Registers the pure JavaScript SigV4A signer: the store's data API is signed for all Regions at once. It is a side
// effect that no bundler can drop, so this client has a module of its own.
import '@smithy/signature-v4a';
import { CloudFrontKeyValueStoreClient } from '@aws-sdk/client-cloudfront-keyvaluestore';

let client: CloudFrontKeyValueStoreClient | undefined;

/** CloudFront's key value store: what the edge function reads. */
export const edgeStoreClient = (): CloudFrontKeyValueStoreClient => (client ??= new CloudFrontKeyValueStoreClient({}));
