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
import type { Show, ShowExecutions, StopSignal } from '../../domain/breakouts/show-executions.ts';
import { calling } from '../service-faults.ts';

const nameOf = ({ breakoutId, attempt }: Show): string => `${breakoutId}-${attempt}`;

/** `arn:…:stateMachine:<name>` → `arn:…:execution:<name>:<execution>` */
const executionArn = (stateMachineArn: string, show: Show): string => `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${nameOf(show)}`;

/** Executions of the show's state machine. IAM: states:StartExecution on the machine; states:DescribeExecution on its executions. */
export const stepFunctionsShowExecutions = (client: SFNClient, stateMachineArn: string): ShowExecutions => ({
  async start({ breakoutId, attempt }) {
    try {
      const input = JSON.stringify({ breakoutId, attempt });
      await calling('states', () => client.send(new StartExecutionCommand({ stateMachineArn, name: nameOf({ breakoutId, attempt }), input })));
    } catch (error) {
      // The name belongs to this attempt alone: it was started by an earlier try.
      if (!(error instanceof ExecutionAlreadyExists)) throw error;
    }
  },
  async isRunning(show) {
    try {
      const { status } = await calling('states', () => client.send(new DescribeExecutionCommand({ executionArn: executionArn(stateMachineArn, show) })));
      return status === 'RUNNING' || status === 'PENDING_REDRIVE';
    } catch (error) {
      if (error instanceof ExecutionDoesNotExist) return false;
      throw error;
    }
  },
});

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
