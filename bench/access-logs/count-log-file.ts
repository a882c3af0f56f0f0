import { createReadStream } from 'node:fs';
import { unpackedLog } from '../../lambda/adapters/s3/s3-access-log-files.ts';
import { countDistinct } from '../../lambda/domain/audience/count-distinct.ts';
import { addressHash } from '../../lambda/domain/usage/access-log/address-hash.ts';
import { accessLogReader } from '../../lambda/domain/usage/access-log/read-access-log.ts';

// Counts the log file that it is given, as the deployed function does, in a process of its own; prints what that took.
const file = process.argv[2];
if (file === undefined) throw new Error('usage: node count-log-file.ts FILE');

const processorSeconds = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};
const [began, before] = [performance.now(), processorSeconds()];
const reader = accessLogReader(addressHash(new Uint8Array(32)));
for await (const chunk of unpackedLog(createReadStream(file, { highWaterMark: 1_048_576 }))) reader.push(chunk);
const { requests, rows, audiences } = reader.end();
const [tally] = [...audiences.values()].flat();
process.stdout.write(
  JSON.stringify({
    requests,
    bytes: rows.reduce((sum, { bytes }) => sum + bytes, 0n).toString(),
    viewers: tally ? countDistinct(tally.tally.audience().live) : 0,
    wallSeconds: (performance.now() - began) / 1000,
    processorSeconds: processorSeconds() - before,
    residentBytes: process.resourceUsage().maxRSS * 1024,
  }),
);
