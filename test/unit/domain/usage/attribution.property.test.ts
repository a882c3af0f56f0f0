import fc from 'fast-check';
import { anAccessLog, anAccessLogLine, aToken, recordingPath, viewerPath } from '../../../support/usage/an-access-log.ts';
import { countedLogs } from '../../../support/usage/counted-logs.ts';
import { itemIds } from '../../../support/usage/ids.ts';

describe('attribution', () => {
  const request = fc.record({
    minute: fc.integer({ min: 0, max: 179 }),
    bytes: fc.integer({ min: 0, max: 2 ** 31 }),
    location: fc.constantFrom('IAD89-P1', 'FRA2-C1', 'XXX1-P1', '-'),
    path: fc.constantFrom(viewerPath(), viewerPath(itemIds.otherBreakout), viewerPath(itemIds.breakout, aToken({ scope: 'p' })), recordingPath(), `/c/${itemIds.breakout}/a.ts`, '/', '/t/', '/t//', '/c/x'),
    status: fc.constantFrom('200', '206', '304', '403', '404', '000'),
    result: fc.constantFrom('Hit', 'Miss', 'Error', 'FunctionGeneratedResponse'),
    protocol: fc.constantFrom('http', 'https'),
  });
  const lineOf = ({ minute, bytes, ...rest }: { minute: number; bytes: number } & Record<'location' | 'path' | 'status' | 'result' | 'protocol', string>) =>
    anAccessLogLine({ ...rest, bytes: String(bytes), time: `${String(10 + Math.floor(minute / 60))}:${String(minute % 60).padStart(2, '0')}:00` });

  it('sums to what the edge sent, with duplicates and late files', async () => {
    const files = fc.array(fc.array(request, { maxLength: 12 }), { minLength: 1, maxLength: 5 });
    const order = fc.array(fc.nat({ max: 4 }), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(files, order, fc.integer({ min: 1, max: 400 }), async (given, again, chunk) => {
        const world = countedLogs();
        const nameOf = (index: number) => `pl_main/E2ABCDEFGH.2026-11-23-10.${index}.gz`;
        given.forEach((requests, index) => {
          const bytes = anAccessLog(requests.map(lineOf));
          world.files.set(nameOf(index), Array.from({ length: Math.ceil(bytes.length / chunk) }, (_, part) => bytes.subarray(part * chunk, (part + 1) * chunk)));
        });
        // Late and doubled: any order, then all of them.
        for (const index of [...again.filter((one) => one < given.length), ...given.keys()]) await world.recount(nameOf(index));

        const rows = await world.rows();
        const sent = given.flat();
        expect(rows.reduce((sum, row) => sum + row.bytes, 0n)).toBe(BigInt(sent.reduce((sum, { bytes }) => sum + bytes, 0)));
        expect(rows.reduce((sum, row) => sum + row.requests, 0n)).toBe(BigInt(sent.length));
        const ofBreakout = sent.filter(({ path }) => path.includes(itemIds.breakout));
        expect(rows.filter(({ breakoutId }) => breakoutId !== null).reduce((sum, row) => sum + row.bytes, 0n)).toBe(BigInt(ofBreakout.reduce((sum, { bytes }) => sum + bytes, 0)));
      }),
      { seed: 4, numRuns: 60 },
    );
  });
});
