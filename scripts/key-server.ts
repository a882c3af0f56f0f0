import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { startKeyServer } from '../local/services/keyserver/key-server.ts';

// A SPEKE version 1 key server on this machine, for trying encryption out (docs/protection.md). Ctrl-C ends it.
const { values } = parseArgs({ options: { port: { type: 'string', default: '0' }, secret: { type: 'string', default: randomBytes(16).toString('hex') } } });
const keyServer = await startKeyServer({ secret: values.secret, port: Number(values.port) });
console.log(`keyServerUrl: ${keyServer.url}`);
await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
await keyServer.close();
