import { planArchive } from '../../../../../lambda/domain/recordings/archive/archive-plan.ts';
import { anArchivedRun, anArchiveObject, archiveKey, rolloverMilliseconds, runBegan } from '../../../../support/recordings/an-archive.ts';

const keysOf = ({ files }: ReturnType<typeof planArchive>): readonly string[] => files.map(({ key }) => key);
const fileTime = (sequence: number) => ({ from: runBegan + sequence * rolloverMilliseconds, to: runBegan + (sequence + 1) * rolloverMilliseconds });
const first = [0, 1, 2].map((sequence) => archiveKey(sequence));
const second = [0, 1, 2].map((sequence) => archiveKey(sequence, { copy: 'copy', beganAt: runBegan + 1000 }));

describe('planArchive', () => {
  it('orders files by their time, not by their listing', () => {
    const plan = planArchive([anArchivedRun(12, [11, 2, 10, 0, 1, 3, 9, 8, 7, 6, 5, 4].map((sequence) => archiveKey(sequence)))]);

    expect(keysOf(plan)).toEqual(Array.from({ length: 12 }, (_, sequence) => archiveKey(sequence)));
    expect(plan).toMatchObject({ gaps: [], overlaps: [] });
  });

  it('says when a middle file is missing', () => {
    const plan = planArchive([anArchivedRun(3, [first[0]!, first[2]!])]);

    expect(keysOf(plan)).toEqual([first[0], first[2]]);
    expect(plan.gaps).toEqual([fileTime(1)]);
  });

  it('says when the first and the last files are missing', () => {
    expect(planArchive([anArchivedRun(3, [first[1]!])]).gaps).toEqual([fileTime(0), fileTime(2)]);
  });

  it('tells a run without files as one gap', () => {
    expect(planArchive([anArchivedRun(3, [])])).toEqual({ files: [], gaps: [{ from: runBegan, to: runBegan + 3 * rolloverMilliseconds }], overlaps: [] });
  });

  it('forgives the seconds around start and stop', () => {
    const run = anArchivedRun(3, first);
    const late = { ...run, ran: { from: run.ran.from - 20_000, to: run.ran.to + 20_000 } };

    expect(planArchive([late]).gaps).toEqual([]);
  });

  it('takes what one copy has not from the other', () => {
    const plan = planArchive([anArchivedRun(3, [first[0]!, first[2]!, second[1]!])]);

    expect(keysOf(plan)).toEqual([first[0], second[1], first[2]]);
    expect(plan).toMatchObject({ gaps: [], overlaps: [] });
  });

  it('takes the second copy when it is more complete', () => {
    expect(keysOf(planArchive([anArchivedRun(3, [first[0]!, ...second])]))).toEqual(second);
  });

  it('takes the second copy when it has clearly more bytes', () => {
    const objects = [...first.map((key) => anArchiveObject(key, 100n)), ...second.map((key) => anArchiveObject(key, 110n))];

    expect(keysOf(planArchive([anArchivedRun(3, [], { objects })]))).toEqual(second);
  });

  it('joins the series of an encoder that began anew', () => {
    const beganAt = runBegan + 2 * rolloverMilliseconds;
    const restarted = [0, 1].map((sequence) => archiveKey(sequence, { beganAt }));

    const plan = planArchive([anArchivedRun(4, [...restarted, first[0]!, first[1]!])]);

    expect(keysOf(plan)).toEqual([first[0], first[1], ...restarted]);
    expect(plan.gaps).toEqual([]);
  });

  it('clips what the other copy has of a gap', () => {
    const shifted = [0, 1, 2].map((sequence) => archiveKey(sequence, { copy: 'copy', beganAt: runBegan + 120_000 }));

    const plan = planArchive([anArchivedRun(3, [first[0]!, first[2]!, shifted[0]!, shifted[1]!])]);

    expect(plan.files.map(({ key, clip }) => [key, clip])).toEqual([
      [first[0], undefined], [shifted[0], { fromMilliseconds: 180_000 }], [shifted[1], { toMilliseconds: 180_000 }], [first[2], undefined],
    ]);
    expect(plan).toMatchObject({ gaps: [], overlaps: [] });
  });

  it('takes a file that was cut short whole, for its encoder began anew', () => {
    const restarted = archiveKey(0, { beganAt: runBegan + rolloverMilliseconds + 100_000 });

    const plan = planArchive([anArchivedRun(3, [first[0]!, first[1]!, restarted])]);

    expect(plan.files.map(({ key, clip }) => [key, clip])).toEqual([[first[0], undefined], [first[1], undefined], [restarted, undefined]]);
    expect(plan.overlaps).toEqual([]);
  });

  it('keeps the runs of a show in their order, clips what they have twice and tells it', () => {
    const spareBegan = runBegan + rolloverMilliseconds / 2;
    const spareKey = archiveKey(0, { beganAt: spareBegan });
    const spare = anArchivedRun(1, [spareKey], { ran: { from: spareBegan, to: spareBegan + rolloverMilliseconds } });

    const plan = planArchive([anArchivedRun(1, [first[0]!]), spare]);

    expect(plan.files.map(({ key, clip }) => [key, clip])).toEqual([[first[0], undefined], [spareKey, { fromMilliseconds: rolloverMilliseconds / 2 }]]);
    expect(plan.overlaps).toEqual([{ from: spareBegan, to: runBegan + rolloverMilliseconds }]);
  });

  it.each(['pl_main/show-notes.txt', 'pl_main/other-20261123T100000.000000.ts', 'show-20261123T100000.000000.ts'])('leaves %s out', (key) => {
    expect(planArchive([anArchivedRun(1, [key])]).files).toEqual([]);
  });
});
