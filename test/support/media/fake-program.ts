import { PassThrough, Writable } from 'node:stream';
import type { ExitReport, RunningProgram } from '../../../local/media/processes/child-process.ts';

/** A program that records what it is fed and says what a test tells it to. */
export interface FakeProgram extends RunningProgram {
  readonly fed: Buffer[];
  readonly isInputEnded: boolean;
  readonly isKilled: boolean;
  readonly output: PassThrough;
  /** It ends. */
  end(report?: ExitReport): void;
}

export const fakeProgram = (): FakeProgram => {
  let settle: (report: ExitReport) => void = () => undefined;
  const exit = new Promise<ExitReport>((resolve) => { settle = resolve; });
  const output = new PassThrough();
  const program = {
    fed: [] as Buffer[],
    isInputEnded: false,
    isKilled: false,
    output,
    pipes: [output],
    exit,
    input: new Writable({
      write: (bytes: Buffer, _, done) => { program.fed.push(bytes); done(); },
      final: (done) => { program.isInputEnded = true; program.end(); done(); },
    }),
    end: (report: ExitReport = { status: 0, complaint: '' }) => { output.end(); settle(report); },
    kill: () => { program.isKilled = true; program.end({ status: 'SIGKILL', complaint: '' }); },
  };
  return program;
};
