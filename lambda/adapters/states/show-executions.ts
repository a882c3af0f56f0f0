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

const recoveryNameOf = (show: Show): string => `${nameOf(show)}-recovery`;

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
  const isAlive = async (name: string): Promise<boolean> => {
    try {
      const { status } = await calling('states', () => client.send(new DescribeExecutionCommand({ executionArn: executionArn(stateMachineArn, name) })));
      return status === 'RUNNING' || status === 'PENDING_REDRIVE';
    } catch (error) {
      if (error instanceof ExecutionDoesNotExist) return false;
      throw error;
    }
  };
  return {
    start: ({ breakoutId, attempt }) => start(nameOf({ breakoutId, attempt }), { breakoutId, attempt }),
    recover: ({ breakoutId, attempt }) => start(recoveryNameOf({ breakoutId, attempt }), { breakoutId, attempt, isRecovery: true }),
    isRunning: async (show) => (await isAlive(nameOf(show))) || isAlive(recoveryNameOf(show)),
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
