import { spawn } from 'node:child_process';
import { once } from 'node:events';

// Black is 16 in video; a test card is well above it, the fill without an input is not.
const leastBrightness = 24;

/** Whether a segment ends with more than the black that a channel without an input sends. */
export const showsPicture = async (segment: Buffer): Promise<boolean> => {
  const filter = 'signalstats,metadata=mode=print:key=lavfi.signalstats.YAVG:file=-';
  const child = spawn('ffmpeg', ['-v', 'quiet', '-i', 'pipe:0', '-map', '0:v:0', '-vf', filter, '-f', 'null', '-'], { stdio: ['pipe', 'pipe', 'ignore'] });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stdin.on('error', () => undefined).end(segment);
  await once(child, 'close');
  const brightness = [...output.matchAll(/YAVG=([\d.]+)/g)].map(([, value]) => Number(value)).at(-1);
  return brightness !== undefined && brightness >= leastBrightness;
};
