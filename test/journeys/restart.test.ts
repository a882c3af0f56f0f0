import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { breakoutPageSchema, type BreakoutBody } from '../../lambda/contract/api/breakouts.ts';
import { eventPageSchema } from '../../lambda/contract/api/events.ts';
import { breakoutUsageSchema } from '../../lambda/contract/api/usage.ts';
import { installedProgram } from '../support/installed-program.ts';
import { bodyOf, problemOf } from '../support/journeys/api-client.ts';
import { anAccount, type AccountCast } from '../support/journeys/cast.ts';
import { startLocalStage } from '../support/journeys/local-stage.ts';
import { aBreakout, anEvent, becomes, hoursAhead, ingestUrlOf } from '../support/journeys/plans.ts';
import { run, type Ended } from '../support/journeys/programs.ts';
import type { StageDriver } from '../support/journeys/stage-driver.ts';
import { itWith } from '../support/where-installed.ts';

const projectFolder = join(import.meta.dirname, '..', '..');
const example = join(projectFolder, 'examples', 'run-a-show.sh');
const itWithCurl = itWith(installedProgram('curl'), 'the example needs curl, which is not installed');

let dataFolder: string;
let stage: StageDriver;
let harbour: AccountCast;

beforeAll(async () => {
  dataFolder = mkdtempSync(join(tmpdir(), 'journey-data-'));
  stage = await startLocalStage({ dataFolder });
  harbour = await anAccount(stage);
});

afterAll(async () => {
  await stage.close();
  rmSync(dataFolder, { recursive: true });
});

const withoutRequestId = (body: unknown): unknown => (typeof body === 'object' ? { ...body, requestId: undefined } : body);

const startAnother = (...options: string[]): Promise<Ended> => run(process.execPath, ['--disable-warning=ExperimentalWarning', join(projectFolder, 'bin', 'local.ts'), '--no-show', ...options]);

describe('given a platform that runs', () => {
  it('refuses its data folder to another one', async () => {
    const { status, stderr } = await startAnother('--data', dataFolder);

    expect(status).toBe(1);
    expect(stderr).toMatch(/the data folder \S+ is used by another platform \(process \d+\): stop that one, or choose another folder with --data\n$/);
  });

  it.each(['api', 'gateway', 'rtmp', 'player'])('says so when the %s port is in use, and leaves nothing behind', async (name) => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    const folder = join(dataFolder, `refused-${name}`);

    const { status, stderr } = await startAnother('--data', folder, `--${name}-port`, String(port));
    taken.close();

    expect(status).toBe(1);
    expect(stderr).toContain(`port ${port} of 127.0.0.1 is in use: stop what uses it, or choose another\n`);
    expect(existsSync(join(folder, 'platform.pid'))).toBe(false);
  });
});

describe('given the example of examples/run-a-show.sh', () => {
  it.each(['API_URL', 'TOKEN'])('asks for %s', async (name) => {
    const { status, stderr } = await run(example, [], { API_URL: stage.apiUrl, TOKEN: harbour.producerToken, [name]: undefined });

    expect(status).not.toBe(0);
    expect(stderr).toContain(`${name}: is `);
  });

  itWithCurl('ends with the API\'s own words when it is refused', async () => {
    const { status, stdout, stderr } = await run(example, [], { API_URL: stage.apiUrl, TOKEN: 'letmein' });

    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(/^POST \/events: \{.*"code":"not-authenticated"/m);
  });

  itWithCurl('runs a show and prints what it used', async () => {
    const { status, stdout, stderr } = await run(example, [], { API_URL: stage.apiUrl, TOKEN: harbour.producerToken, PIPELINE: stage.pipelineIds[0], SHOW_SECONDS: '12' });

    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const usage = breakoutUsageSchema.parse(JSON.parse(stdout.trim().split('\n').at(-1)!));
    expect(usage.status).toBe('PROVISIONAL');
    for (const category of Object.values(usage.categories)) expect(Number(category?.usd)).toBeGreaterThan(0);
  }, 120_000);
});

describe('given a platform that was stopped and started on the same data', () => {
  let before: Record<string, unknown>;
  /** When it was read: what is stored goes on accruing. */
  let at: string;
  let booked: BreakoutBody;
  let ingestUrl: string;

  const bodyAt = async (path: string): Promise<unknown> => JSON.parse((await harbour.owner.get(path)).text);

  /** Everything that the account can read. */
  const readAll = async (): Promise<Record<string, unknown>> => {
    const { items: events } = bodyOf(await harbour.owner.get('/events'), 200, eventPageSchema);
    const lists = await Promise.all(events.map(async ({ eventId }) => bodyOf(await harbour.owner.get(`/events/${eventId}/breakouts`), 200, breakoutPageSchema).items));
    const paths = [
      ...['/events', `/accounts/${harbour.accountId}`, `/accounts/${harbour.accountId}/usage?at=${at}`],
      ...lists.flat().flatMap(({ breakoutId }) => ['', '/recordings', `/usage?at=${at}`, '/usage/lines'].map((part) => `/breakouts/${breakoutId}${part}`)),
    ];
    const entries = await Promise.all(paths.map(async (path) => [path, withoutRequestId(await bodyAt(path))]));
    return Object.fromEntries(entries);
  };

  beforeAll(async () => {
    const { eventId } = await anEvent(harbour.producer);
    booked = await aBreakout(harbour.producer, eventId, stage.pipelineIds[1]);
    ingestUrl = await ingestUrlOf(harbour.producer, booked.breakoutId);
    at = new Date().toISOString();
    before = await readAll();
    await stage.close();
    stage = await startLocalStage({ dataFolder });
  }, 60_000);

  it('has everything that it had, at the same address, for the same tokens', async () => {
    expect(Object.keys(before).length).toBeGreaterThan(6);
    expect(await readAll()).toEqual(before);
    expect(await ingestUrlOf(harbour.producer, booked.breakoutId)).toBe(ingestUrl);
  });

  it('runs a show that was booked before', async () => {
    await harbour.producer.post(`/breakouts/${booked.breakoutId}/start`);
    await becomes(harbour.producer, booked.breakoutId, 'RUNNING');
    await harbour.producer.post(`/breakouts/${booked.breakoutId}/stop`);

    await becomes(harbour.producer, booked.breakoutId, 'COMPLETED');
  }, 60_000);

  it('lets no other show take a pipeline whose viewers still play', async () => {
    const early = await aBreakout(harbour.producer, booked.eventId, stage.pipelineIds[1], { startsAt: hoursAhead(2), endsAt: hoursAhead(3) });

    expect(problemOf(await harbour.producer.post(`/breakouts/${early.breakoutId}/start`))).toMatchObject({ status: 409, code: 'pipeline-held' });
  });

  it('signs in and takes new bookings as before', async () => {
    const { producer } = await anAccount(stage, 'After the restart');
    const { eventId } = await anEvent(producer);

    expect((await aBreakout(producer, eventId, stage.pipelineIds[0], { startsAt: hoursAhead(24), endsAt: hoursAhead(25) })).status).toBe('SCHEDULED');
  });
});
