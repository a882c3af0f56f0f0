import type { Clock } from '../../runtime/clock.ts';
import type { Packager } from './packaging/packager.ts';
import type { MediaPackageRecords, NameSource } from './records.ts';

/** What the operations work on. */
export interface ControlPlane {
  readonly records: MediaPackageRecords;
  readonly packager: Packager;
  readonly names: NameSource;
  readonly clock: Clock;
  /** Where the data plane listens: `http://127.0.0.1:40123`. */
  readonly baseUrl: () => string;
}
