import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run, type Ended } from '../support/journeys/programs.ts';

const bootstrap = join(import.meta.dirname, '..', '..', 'scripts', 'bootstrap.mjs');

/** A project of its own, and a machine that has nothing but the programs which a test puts there. */
let project: string;
let programs: string;

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'journey-bootstrap-'));
  programs = join(project, 'programs');
  for (const folder of ['programs', 'scripts', 'node_modules/.bin']) mkdirSync(join(project, folder), { recursive: true });
  copyFileSync(bootstrap, join(project, 'scripts', 'bootstrap.mjs'));
  writeFileSync(join(project, 'package-lock.json'), lockOf('sha512-one'));
  symlinkSync(process.execPath, join(project, 'node_modules', '.bin', 'node'));
  writeFileSync(join(project, 'scripts', 'demo.ts'), 'console.log(`demo ${process.argv.slice(2).join(" ")}`);\nprocess.exitCode = process.argv.includes("--fail") ? 3 : 0;\n');
  put('npm', 'echo npm "$@" >> calls; while IFS= read -r line; do echo "$line"; done < package-lock.json > node_modules/.package-lock.json');
  put('ffmpeg', 'echo "ffmpeg version 5.1.9-0+deb12u1 Copyright (c) 2000-2026"');
});

afterEach(() => rmSync(project, { recursive: true }));

/** A lock file of one package, which npm installs, and one of another platform. */
const lockOf = (integrity: string): string =>
  `${JSON.stringify({ lockfileVersion: 3, packages: { '': {}, 'node_modules/one': { integrity }, 'node_modules/other': { integrity, optional: true } } })}\n`;

const put = (name: string, script: string): void => {
  writeFileSync(join(programs, name), `#!/bin/sh\n${script}\n`);
  chmodSync(join(programs, name), 0o755);
};

const remove = (name: string): void => rmSync(join(programs, name));

const start = (...args: string[]): Promise<Ended> => run(process.execPath, [join(project, 'scripts', 'bootstrap.mjs'), ...args], { PATH: programs });

describe('given a machine that has everything', () => {
  it('hands arguments and exit status over', async () => {
    expect(await start('demo', '--seconds', '30')).toMatchObject({ status: 0, stdout: 'demo --seconds 30\n' });
    expect(await start('demo', '--fail')).toMatchObject({ status: 3 });
  });

  it.each(['n6.1.1', '7.0-static', 'N-109542-g1bf1a8e', 'git-2026-01-01-abcdef'])('takes ffmpeg %s', async (version) => {
    put('ffmpeg', `echo "ffmpeg version ${version} Copyright"`);

    expect(await start('demo')).toMatchObject({ status: 0 });
  });

  it('rejects a command that it does not know', async () => {
    expect(await start('dance')).toMatchObject({ status: 1, stderr: 'unknown command "dance": known are demo, start, bench, preflight, test.\n' });
  });
});

describe('given a fresh clone', () => {
  it('installs packages once, and again when the lock file changes', async () => {
    const calls = (): string[] => readFileSync(join(project, 'calls'), 'utf8').trim().split('\n');

    await start('demo');
    await start('demo');
    expect(calls()).toHaveLength(1);
    expect(calls()[0]).toMatch(/^npm ci /);

    writeFileSync(join(project, 'package-lock.json'), lockOf('sha512-two'));
    await start('demo');
    expect(calls()).toHaveLength(2);
  });

  it('says what to do when packages cannot be installed, and tries again the next time', async () => {
    put('npm', 'echo "npm error network" >&2; exit 1');

    for (let times = 0; times < 2; times += 1) {
      expect(await start('demo')).toMatchObject({ status: 1, stdout: '', stderr: expect.stringMatching(/npm error network\nnpm ci failed: .*run the same command again\.\n$/) });
    }
  });
});

describe('given a machine without a usable ffmpeg', () => {
  const missing = 'ffmpeg is missing: install version 5 or newer, on Debian or Ubuntu with: sudo apt-get install ffmpeg\n';
  // `sudo -n <command>` of somebody who may.
  const sudo = 'shift; "$@"';

  it('says what to install where it cannot be installed', async () => {
    remove('ffmpeg');

    expect(await start('demo')).toMatchObject({ status: 1, stdout: '', stderr: expect.stringContaining(missing) });
  });

  it('installs it where it may', async () => {
    remove('ffmpeg');
    put('sudo', sudo);
    put('apt-get', `if [ "$1" = install ]; then printf '#!/bin/sh\\necho "ffmpeg version 5.1.9"\\n' > "${programs}/ffmpeg"; /bin/chmod +x "${programs}/ffmpeg"; fi`);

    expect(await start('demo')).toMatchObject({ status: 0, stdout: 'demo \n', stderr: expect.stringContaining('installing ffmpeg with apt-get (once)\n') });
  });

  it('says what to install when installing fails', async () => {
    remove('ffmpeg');
    put('sudo', sudo);
    put('apt-get', 'if [ "$1" = --version ]; then exit 0; fi; echo "E: no network" >&2; exit 100');

    expect(await start('demo')).toMatchObject({ status: 1, stderr: expect.stringContaining(missing) });
  });

  it('rejects one that is too old, and says which', async () => {
    put('ffmpeg', 'echo "ffmpeg version 4.4.2-0ubuntu0.22.04.1 Copyright"');

    expect(await start('demo')).toMatchObject({ status: 1, stdout: '', stderr: expect.stringMatching(/^ffmpeg 4\.4\.2-0ubuntu0\.22\.04\.1 is too old: VisionStream needs version 5 or newer\. .*first on the PATH\.\n$/m) });
  });

  it('rejects one that does not run', async () => {
    put('ffmpeg', 'echo "error while loading shared libraries" >&2; exit 127');

    expect(await start('demo')).toMatchObject({ status: 1, stdout: '', stderr: expect.stringContaining('the ffmpeg on the PATH does not run: error while loading shared libraries\nInstall version 5 or newer') });
  });
});
