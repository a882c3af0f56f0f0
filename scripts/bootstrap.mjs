// Runs a command of the project on a machine that may have only Node 20 and npm: installs what is missing, says what
// it cannot install, then hands over to the Node version that the project pins. Uses nothing but Node itself.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const minimumNode = 20;
const minimumFfmpeg = 5;

const commands = {
  demo: { script: 'scripts/demo.ts', needsFfmpeg: true },
  start: { script: 'bin/local.ts', needsFfmpeg: true },
  bench: { script: 'bench/run.ts', needsFfmpeg: true },
  preflight: { script: 'scripts/preflight.ts', needsFfmpeg: false },
  test: { script: 'node_modules/jest/bin/jest.js', needsFfmpeg: true },
};

const fail = (message) => {
  console.error(message);
  process.exit(1);
};

const say = (message) => console.error(`· ${message}`);

const checkNode = () => {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < minimumNode) fail(`Node ${process.versions.node} is too old: VisionStream needs Node ${minimumNode} or newer (https://nodejs.org).`);
};

const packagesIn = (lockFile) => JSON.parse(readFileSync(lockFile, 'utf8')).packages ?? {};

/** Whether npm has installed what the lock file says: it writes down what it has when it is done. */
const isInstalled = () => {
  const record = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(record)) return false;
  const installed = packagesIn(record);
  const wanted = Object.entries(packagesIn(join(root, 'package-lock.json'))).filter(([path]) => path !== '');
  // Optional packages are those of other platforms, too.
  return wanted.every(([path, { integrity, optional, devOptional }]) => (installed[path] ? installed[path].integrity === integrity : Boolean(optional || devOptional)));
};

const installPackages = () => {
  if (isInstalled()) return;
  say('installing packages with npm ci (about a minute, once)');
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) fail('npm ci failed: its message is above. Mend it and run the same command again.');
};

const installedFfmpeg = () => {
  const { stdout, stderr, status, error } = spawnSync('ffmpeg', ['-version'], { encoding: 'utf8' });
  if (error) return undefined;
  if (status !== 0) fail(`the ffmpeg on the PATH does not run: ${stderr.trim() || `it ended with status ${status}`}\nInstall version ${minimumFfmpeg} or newer, on Debian or Ubuntu with: sudo apt-get install ffmpeg`);
  const version = /^ffmpeg version n?(\S+)/.exec(stdout)?.[1] ?? 'unknown';
  // Builds from the development branch (`N-…`, `git-…`) carry no number and are newer than any release.
  return { version, major: /^\d/.test(version) ? Number.parseInt(version, 10) : Infinity };
};

const runs = (command, args) => spawnSync(command, args, { stdio: 'ignore' }).status === 0;

const aptPrefix = () => {
  if (!runs('apt-get', ['--version'])) return undefined;
  if (process.getuid?.() === 0) return [];
  return runs('sudo', ['-n', 'true']) ? ['sudo', '-n'] : undefined;
};

const installFfmpeg = () => {
  const prefix = aptPrefix();
  if (prefix === undefined) return;
  say('installing ffmpeg with apt-get (once)');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const args of [['apt-get', 'update', '-qq'], ['apt-get', 'install', '-y', '-qq', '--no-install-recommends', 'ffmpeg']]) {
    const [command, ...rest] = [...prefix, ...args];
    spawnSync(command, rest, { env, stdio: ['ignore', 'ignore', 'inherit'] });
  }
};

const checkFfmpeg = () => {
  if (installedFfmpeg() === undefined) installFfmpeg();
  const found = installedFfmpeg();
  if (found === undefined) fail(`ffmpeg is missing: install version ${minimumFfmpeg} or newer, on Debian or Ubuntu with: sudo apt-get install ffmpeg`);
  if (found.major < minimumFfmpeg) {
    fail(`ffmpeg ${found.version} is too old: VisionStream needs version ${minimumFfmpeg} or newer. Install it from your system's packages or https://ffmpeg.org/download.html, first on the PATH.`);
  }
};

// Node's own limit lets new objects take 130 MB after the burst of a deployment, and never gives them back.
const nodeFlags = ['--disable-warning=ExperimentalWarning', '--max-semi-space-size=16'];

const handOver = (script, args) => {
  const bin = join(root, 'node_modules', '.bin');
  const child = spawn(join(bin, 'node'), [...nodeFlags, join(root, script), ...args], {
    cwd: root,
    stdio: 'inherit',
    // Functions share the process's time zone, which is UTC on AWS. Their threads would each keep freed memory in an arena
    // of their own: two for all save a seventh of the platform's memory under load (glibc only).
    // What V8 has compiled is kept, so that the next start has it.
    env: { MALLOC_ARENA_MAX: '2', NODE_COMPILE_CACHE: join(root, '.cache', 'compiled'), ...process.env, TZ: 'UTC', PATH: `${bin}:${process.env.PATH}` },
  });
  // The terminal sends Ctrl-C to the child too; a signal sent to this process alone is passed on.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  child.on('error', (error) => fail(`cannot run ${script}: ${error.message}`));
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
};

const [name, ...args] = process.argv.slice(2);
const command = commands[name];
if (!command) fail(`unknown command "${name}": known are ${Object.keys(commands).join(', ')}.`);
checkNode();
installPackages();
if (command.needsFfmpeg) checkFfmpeg();
handOver(command.script, args);
