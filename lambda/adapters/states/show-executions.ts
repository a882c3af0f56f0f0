import {
  DescribeExecutionCommand,
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  InvalidToken,
  SendTaskSuccessCommand,
  type SFNClient,
  StartExecutionCommand,
  TaskDoesNotExist,
  TaskTimedOut,
} from '@aws-sdk/client-sfn';
import type { ShowInput } from '../../contract/show-workflow.ts';
import type { Show, ShowExecutions, StopSignal } from '../../domain/breakouts/show-executions.ts';
import { calling } from '../service-faults.ts';

const nameOf = ({ breakoutId, attempt }: Show): string => `${breakoutId}-${attempt}`;

/** `arn:…:stateMachine:<name>` → `arn:…:execution:<name>:<execution>` */
const executionArn = (stateMachineArn: string, name: string): string => `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;

/** A recovery can die as well. One show needs few; more say that something else is wrong. */
const mostRecoveries = 5;

const recoveryNamesOf = (show: Show): readonly string[] => Array.from({ length: mostRecoveries }, (_, index) => `${nameOf(show)}-recovery-${index + 1}`);

/** Executions of the show's state machine. IAM: states:StartExecution on the machine; states:DescribeExecution on its executions. */
export const stepFunctionsShowExecutions = (client: SFNClient, stateMachineArn: string): ShowExecutions => {
  const start = async (name: string, input: ShowInput): Promise<void> => {
    try {
      await calling('states', () => client.send(new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) })));
    } catch (error) {
      // The name belongs to this attempt alone: it was started by an earlier try.
      if (!(error instanceof ExecutionAlreadyExists)) throw error;
    }
  };
  const look = async (name: string): Promise<'NONE' | 'ALIVE' | 'DEAD'> => {
    try {
      const { status } = await calling('states', () => client.send(new DescribeExecutionCommand({ executionArn: executionArn(stateMachineArn, name) })));
      return status === 'RUNNING' || status === 'PENDING_REDRIVE' ? 'ALIVE' : 'DEAD';
    } catch (error) {
      if (error instanceof ExecutionDoesNotExist) return 'NONE';
      throw error;
    }
  };
  /** The newest recovery, or the name of the first one to be. */
  const lastRecovery = async (show: Show): Promise<{ readonly name: string; readonly state: 'NONE' | 'ALIVE' } | undefined> => {
    for (const name of recoveryNamesOf(show)) {
      const state = await look(name);
      if (state !== 'DEAD') return { name, state };
    }
    return undefined;
  };
  return {
    start: ({ breakoutId, attempt }) => start(nameOf({ breakoutId, attempt }), { breakoutId, attempt }),
    async recover({ breakoutId, attempt }) {
      const recovery = await lastRecovery({ breakoutId, attempt });
      if (recovery === undefined) throw new Error(`attempt ${attempt} of ${breakoutId} was recovered ${mostRecoveries} times and is still not at its end: see why its executions fail`);
      if (recovery.state === 'NONE') await start(recovery.name, { breakoutId, attempt, isRecovery: true });
    },
    isRunning: async (show) => (await look(nameOf(show))) === 'ALIVE' || (await lastRecovery(show))?.state === 'ALIVE',
  };
};

const isOver = (error: unknown): boolean => error instanceof TaskTimedOut || error instanceof TaskDoesNotExist || error instanceof InvalidToken;

/** Ends the wait of a show's execution. IAM: states:SendTaskSuccess on the machine. */
export const stepFunctionsStopSignal = (client: SFNClient): StopSignal => ({
  async complete(taskToken) {
    try {
      await calling('states', () => client.send(new SendTaskSuccessCommand({ taskToken, output: '{}' })));
    } catch (error) {
      // The wait timed out or was ended already: the execution's next look finds the stop in the table.
      if (!isOver(error)) throw error;
    }
  },
});
