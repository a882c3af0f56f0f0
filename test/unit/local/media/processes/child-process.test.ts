import childProcess, { ChildProcess } from 'node:child_process';
import { getPriority } from 'node:os';
import { setImmediate } from 'node:timers/promises';
import { runProgram } from '../../../../../local/media/processes/child-process.ts';
import { readPipe, readProgram } from '../../../../../local/media/processes/read-program.ts';

const write = (text: string): readonly [string, string[]] => [process.execPath, ['-e', `require('node:fs').writeSync(${readPipe.replace('pipe:', '')}, ${JSON.stringify(text)})`]];
const sleep: readonly [string, string[]] = [process.execPath, ['-e', 'setTimeout(() => {}, 60_000)']];

describe('a program', () => {
  afterEach(() => jest.restoreAllMocks());

  it('tells the signal that ended it', async () => {
    const program = runProgram(...sleep);

    program.kill();

    await expect(program.exit).resolves.toMatchObject({ status: 'SIGKILL' });
  });

  it.each([{ isInBackground: false }, { isInBackground: true }])('runs at the priority of its parent unless it is in the background: %j', async (options) => {
    const spawn = jest.spyOn(childProcess, 'spawn');
    const program = runProgram(...sleep, options);
    const [child] = spawn.mock.results.map(({ value }) => value);

    const niceness = getPriority(child.pid);

    expect(niceness).toBe(options.isInBackground ? 15 : getPriority());
    program.kill();
    await program.exit;
  });

  it('signals nobody when it never started', async () => {
    const kill = jest.spyOn(ChildProcess.prototype, 'kill').mockReturnValue(true);
    const program = runProgram('/nonexistent/program', []);

    program.kill();

    await expect(program.exit).resolves.toMatchObject({ status: -1, complaint: expect.stringContaining('ENOENT') });
    expect(kill).not.toHaveBeenCalled();
  });

  it('is read to its end', async () => {
    await expect(readProgram(...write('a clip'), new AbortController().signal)).resolves.toEqual(Buffer.from('a clip'));
  });

  it('rejects with what a failed program complained about', async () => {
    const failing = readProgram(process.execPath, ['-e', 'console.error("no such filter"); process.exit(3)'], new AbortController().signal);

    await expect(failing).rejects.toThrow('ended with 3: no such filter');
  });

  it('rejects when the program cannot be started', async () => {
    await expect(readProgram('/nonexistent/program', [], new AbortController().signal)).rejects.toThrow('ENOENT');
  });

  it('rejects and ends the program when it is aborted', async () => {
    const abort = new AbortController();
    const reading = readProgram(...sleep, abort.signal);
    await setImmediate();

    abort.abort(new Error('the show has ended'));

    await expect(reading).rejects.toThrow('the show has ended');
  });
});
