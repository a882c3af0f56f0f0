import * as z from 'zod';
import { breakoutBodySchema } from '../../../lambda/contract/api/breakouts.ts';
import { problemSchema } from '../../../lambda/contract/api/problem.ts';
import { endFailedShow } from '../../../lambda/domain/breakouts/show/end-failed-show.ts';
import { markRunning } from '../../../lambda/domain/breakouts/show/mark-show.ts';
import { showOperations } from '../../../lambda/handlers/http/show-operations.ts';
import { type OperationsOf, restHandler } from '../../../lambda/platform/http/rest-handler.ts';
import { createBreakoutBodySchema, updateBreakoutBodySchema } from '../../../lambda/contract/api/breakouts.ts';
import { bookedShow } from '../../support/shows/a-booked-show.ts';
import { aPipeline } from '../../support/shows/a-plan.ts';
import { aProxyEvent } from '../../support/shows/a-proxy-event.ts';
import { memoryIdempotency } from '../../support/shows/memory-idempotency.ts';
import { quietLog } from '../../support/shows/quiet-log.ts';
import { showWorld } from '../../support/shows/show-world.ts';

quietLog();

const onStage = async () => {
  const inputs = [{ inputId: '11', name: 'primary', type: 'RTMP_PUSH' }, { inputId: '12', name: 'backup', type: 'RTMP_PUSH' }] as const;
  const world = showWorld([aPipeline({ channel: { ...aPipeline().channel, inputs } }), aPipeline({ pipelineId: 'pl_spare' })]);
  const { breakoutId } = await bookedShow(world);
  const handler = restHandler<OperationsOf<'showControl'>>(() => ({ idempotency: memoryIdempotency(world.deps.now), operations: showOperations(world.deps) }));
  const post = async (verb: string, body?: object, headers: Record<string, string> = {}) => {
    const response = await handler(aProxyEvent({ method: 'POST', resource: `/breakouts/{breakoutId}/${verb}`, params: { breakoutId }, headers, ...(body === undefined ? {} : { body }) }));
    return { ...response, json: JSON.parse(response.body) };
  };
  return { world, post, breakoutId, running: async () => markRunning(world.deps)({ breakoutId, attempt: 1 }) };
};

const breakoutSchema = z.strictObject(breakoutBodySchema.shape);

describe('the operations on shows', () => {
  it('answer the show, with its ETag, on its way', async () => {
    const { post, running } = await onStage();
    expect(await post('start')).toMatchObject({ statusCode: 202, headers: { ETag: '"2"' } });
    await running();

    const switched = await post('switch-input', { input: 'backup' });
    const moved = await post('change-pipeline', { pipelineId: 'pl_spare' });
    const aborted = await post('abort');

    for (const { statusCode, json } of [switched, moved, aborted]) {
      expect(statusCode).toBe(202);
      breakoutSchema.parse(json);
    }
    expect(moved.json).toMatchObject({ status: 'STARTING', pipelineId: 'pl_spare', earlierPipelines: [{ pipelineId: 'pl_main', leftAt: '2026-11-23T09:55:00.000Z' }] });
    expect(moved.json.earlierPipelines[0]).not.toHaveProperty('stopToken');
    expect(aborted.json).toMatchObject({ stopReason: 'ABORTED' });
  });

  it('reset what failed', async () => {
    const { world, post, breakoutId } = await onStage();
    await post('start');
    await endFailedShow(world.deps)({ breakoutId, attempt: 1 }, { code: 'unavailable', message: 'throttled' });
    await world.deps.holds.release({ pipelineId: 'pl_main', breakoutId, attempt: 1 });

    expect(await post('reset')).toMatchObject({ statusCode: 200, json: { status: 'SCHEDULED' } });
  });

  it('switch once by an Idempotency-Key, also when the first answer was lost', async () => {
    const { world, post, running } = await onStage();
    await post('start');
    await running();

    const first = await post('switch-input', { input: 'backup' }, { 'Idempotency-Key': 'k1' });
    const again = await post('switch-input', { input: 'backup' }, { 'Idempotency-Key': 'k1' });

    expect(again.headers).toMatchObject({ 'Idempotency-Replayed': 'true' });
    expect(again.json).toEqual(first.json);
    expect(world.switched.map(({ name }) => name)).toEqual([expect.stringMatching(/^backup-[0-9a-f]{32}$/)]);
  });

  it.each([
    ['switch-input', {}, '/input'],
    ['change-pipeline', { pipelineId: '' }, '/pipelineId'],
    ['change-pipeline', { pipelineId: 'pl_spare', more: 1 }, '/more'],
    ['abort', { reason: 'x' }, '/reason'],
    ['reset', { at: 'x' }, '/at'],
  ])('refuse a body of %s that is wrong: %j', async (verb, body, field) => {
    const { post } = await onStage();

    const { statusCode, json } = await post(verb, body);

    expect(statusCode).toBe(400);
    expect(problemSchema.parse(json).fields).toEqual([expect.objectContaining({ field })]);
  });

  it.each([['abort', undefined, 'breakout-not-started'], ['reset', undefined, 'breakout-not-failed'], ['change-pipeline', { pipelineId: 'pl_spare' }, 'pipeline-not-changeable'], ['switch-input', { input: 'backup' }, 'breakout-not-running']])(
    'refuse to %s what has not started',
    async (verb, body, code) => {
      const { post } = await onStage();

      expect(await post(verb, body)).toMatchObject({ statusCode: 409, json: { code, status: 409 } });
    },
  );
});

describe('the sources of a show', () => {
  const body = { title: 'Opening', pipelineId: 'pl_main', startsAt: '2026-11-23T10:00:00Z', endsAt: '2026-11-23T11:00:00Z' };

  it.each([['203.0.113.7/32'], ['10.0.0.0/8']])('may be %s', (source) => {
    expect(createBreakoutBodySchema.parse({ ...body, sources: [source] }).sources).toEqual([source]);
  });

  it.each([[['0.0.0.0/0']], [['10.0.0.0/7']], [['203.0.113.7']], [['2001:db8::/32']], [[]], [Array.from({ length: 11 }, (_, index) => `203.0.113.${index}/32`)]])('may not be %j', (sources) => {
    expect(createBreakoutBodySchema.safeParse({ ...body, sources }).success).toBe(false);
    expect(updateBreakoutBodySchema.safeParse({ sources }).success).toBe(false);
  });

  it('may be taken back', () => {
    expect(updateBreakoutBodySchema.parse({ sources: null })).toEqual({ sources: null });
  });
});
