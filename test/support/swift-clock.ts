import { type Clock, systemClock } from '../../local/runtime/clock.ts';

/** A clock that begins at a time and runs so many times as fast as the machine's own. */
export const swiftClock = (start: number, factor: number): Clock => {
  const begun = systemClock.now();
  return {
    now: () => Math.floor(start + (systemClock.now() - begun) * factor),
    sleep: (milliseconds, signal) => systemClock.sleep(milliseconds / factor, signal),
  };
};
