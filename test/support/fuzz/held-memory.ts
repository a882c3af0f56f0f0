import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

const measured = async (): Promise<number> => {
  collect();
  await new Promise((resolve) => setTimeout(resolve, 20));
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
};

/** Bytes that are still reachable: heap and buffers, after full collections. V8 frees buffers on threads of its own, so it is asked until no more goes. */
export const heldBytes = async (): Promise<number> => {
  let least = await measured();
  for (let unchanged = 0; unchanged < 4; ) {
    const now = await measured();
    unchanged = now < least - 50_000 ? 0 : unchanged + 1;
    least = Math.min(least, now);
  }
  return least;
};
