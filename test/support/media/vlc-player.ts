import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { waitUntil } from '../../../scripts/demo/wait-until.ts';
import { installedProgram } from '../installed-program.ts';

/** What VLC counts while it plays. */
export interface VlcPlay {
  /** Pictures that were shown in time. */
  readonly shownFrames: number;
  /** Pictures that came too late. */
  readonly lostFrames: number;
  readonly lostSounds: number;
}

/** The VLC of this machine, which plays Smooth Streaming besides what everything plays. */
export const vlc = installedProgram('vlc');

/** VLC refuses to run as root. */
const nobody = 65_534;
const unprivileged = process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : {};

const lastCount = (said: string, name: string): number => Number([...said.matchAll(new RegExp(`${name}\\s*:\\s*(\\d+)`, 'g'))].at(-1)?.[1] ?? 0);

/** Plays a stream of any format, in real time and to nobody, until so many pictures have been shown. @throws Error with what VLC said when it shows fewer in time */
export const playWithVlc = async (url: string, frames: number, timeoutSeconds: number): Promise<VlcPlay> => {
  if (vlc === undefined) throw new Error('there is no VLC on the PATH');
  const folder = mkdtempSync(join(tmpdir(), 'vlc-'));
  const player = spawn(vlc, ['--intf', 'oldrc', '--rc-fake-tty', '--vout', 'vdummy', '--aout', 'adummy', url], { ...unprivileged, cwd: tmpdir(), env: { ...process.env, HOME: folder }, stdio: ['pipe', 'pipe', 'pipe'] });
  const closed = once(player, 'close');
  player.stdin.on('error', () => undefined);
  let [said, complaint] = ['', ''];
  player.stdout.on('data', (text: Buffer) => (said += text.toString()));
  player.stderr.on('data', (text: Buffer) => (complaint += text.toString()));
  try {
    await waitUntil({ what: `${frames} pictures in VLC`, timeoutSeconds, signal: new AbortController().signal }, async () => {
      if (player.exitCode !== null) throw new Error(`VLC ended with ${player.exitCode}: ${complaint.slice(-500)}`);
      player.stdin.write('stats\n');
      return lastCount(said, 'frames displayed') >= frames ? true : undefined;
    });
    return { shownFrames: lastCount(said, 'frames displayed'), lostFrames: lastCount(said, 'frames lost'), lostSounds: lastCount(said, 'buffers lost') };
  } finally {
    player.kill('SIGKILL');
    await closed;
    rmSync(folder, { recursive: true, force: true });
  }
};
