import { describeWith } from '../where-installed.ts';
import { chromiumPath } from './player-page.ts';

/** `describe` for tests that need a browser. */
export const describeInBrowser = describeWith(chromiumPath, 'there is no Chromium on the PATH; on Debian or Ubuntu: sudo apt-get install chromium');
