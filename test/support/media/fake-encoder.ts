import type { LiveEncoder } from '../../../local/media/encoder/live-encoder.ts';

/** An encoder that records what it was fed and ends when a test says so. */
export interface FakeEncoder extends LiveEncoder {
  readonly startMilliseconds: number;
  readonly written: Buffer[];
  readonly isFinished: boolean;
  readonly isKilled: boolean;
  /** Whether it takes more at once. */
  hasRoom: boolean;
  /** Who waits for room. */
  readonly waiting: (() => void)[];
  /** The program ends. */
  end(status?: number): void;
}

export const fakeEncoder = (startMilliseconds = 0): FakeEncoder => {
  let resolve: (report: { status: number; complaint: string }) => void = () => undefined;
  const encoder = {
    startMilliseconds,
    written: [] as Buffer[],
    isFinished: false,
    isKilled: false,
    hasRoom: true,
    waiting: [] as (() => void)[],
    exit: new Promise<{ status: number; complaint: string }>((settle) => { resolve = settle; }),
    write: (bytes: Buffer) => encoder.written.push(bytes) > 0 && encoder.hasRoom,
    drained: (listener: () => void) => void encoder.waiting.push(listener),
    finish: () => { encoder.isFinished = true; },
    kill: () => { encoder.isKilled = true; encoder.end(1); },
    end: (status = 0) => resolve({ status, complaint: status === 0 ? '' : 'it broke' }),
  };
  return encoder;
};
