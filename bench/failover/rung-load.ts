import { execFile } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Ladder } from '../../lib/config/ladders.ts';
import { FlvReader } from '../../local/media/flv/flv-reader.ts';
import type { FlvTag } from '../../local/media/flv/flv-tag.ts';
import { publishPaced } from '../../test/support/media/relay/paced-publisher.ts';
import { startRelayRig } from '../../test/support/media/relay/relay-rig.ts';
import { figure, type Figure } from '../benchmark.ts';
import { isMedia, processTree } from '../process-tree.ts';
import { renditionsOf } from './ladder-renditions.ts';

const seconds = 8;
const settledSeconds = 3;

/** A moving test card in the size of a ladder's best rung, as an encoder at a venue would send it. */
const testCard = async ({ rungs: [best], framesPerSecond, gopSeconds }: Ladder): Promise<readonly FlvTag[]> => {
  const { stdout } = await promisify(execFile)('ffmpeg', [
    '-v', 'error', '-f', 'lavfi', '-i', `testsrc2=size=${best.widthPixels}x${best.heightPixels}:rate=${framesPerSecond}`, '-f', 'lavfi', '-i', 'sine=sample_rate=48000',
    '-t', String(seconds + settledSeconds + 2), '-c:v', 'libx264', '-preset', 'veryfast', '-b:v', String(best.videoBitsPerSecond), '-g', String(gopSeconds * framesPerSecond),
    '-pix_fmt', 'yuv420p', '-c:a', 'aac', '-f', 'flv', 'pipe:1',
  ], { encoding: 'buffer', maxBuffer: 256_000_000 });
  return [...new FlvReader().read(stdout)];
};

const cpuSeconds = (): { readonly media: number; readonly relay: number } => {
  const { user, system } = process.cpuUsage();
  return { media: processTree(process.pid).filter(isMedia).reduce((sum, each) => sum + each.cpuSeconds, 0), relay: (user + system) / 1e6 };
};

const loadOf = async (tags: readonly FlvTag[], renditions: ReturnType<typeof renditionsOf>, inputs: readonly string[], signal: AbortSignal) => {
  const rig = startRelayRig({ renditions, inputs, hasThumbnails: inputs.length > 1 });
  try {
    for (const input of inputs) publishPaced(rig.relay.sink(input), tags, rig.origin);
    await sleep(settledSeconds * 1000, undefined, { signal });
    const [began, before] = [performance.now(), cpuSeconds()];
    await sleep(seconds * 1000, undefined, { signal });
    const [elapsed, after] = [(performance.now() - began) / 1000, cpuSeconds()];
    return { media: ((after.media - before.media) / elapsed) * 100, relay: ((after.relay - before.relay) / elapsed) * 100 };
  } finally {
    rig.close();
  }
};

/** What each rung of a ladder takes by itself, then all of them with one input, then with two inputs and their monitors. */
export const ladderLoad = async (name: string, ladder: Ladder, signal: AbortSignal): Promise<readonly Figure[]> => {
  const tags = await testCard(ladder);
  const renditions = renditionsOf(ladder);
  const figures: Figure[] = [];
  for (const rendition of renditions) {
    const { media } = await loadOf(tags, [rendition], ['only'], signal);
    figures.push(figure(`${name} ladder: ${rendition.name} alone, with the source decoded`, media, '% of a core'));
  }
  const one = await loadOf(tags, renditions, ['only'], signal);
  const two = await loadOf(tags, renditions, ['primary', 'backup'], signal);
  return [
    ...figures,
    figure(`${name} ladder: all rungs, one input`, one.media, '% of a core'),
    figure(`${name} ladder: all rungs, two inputs with monitors`, two.media, '% of a core'),
    figure(`${name} ladder: the relay and two encoders' stand-ins`, two.relay, '% of a core'),
  ];
};
