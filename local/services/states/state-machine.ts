import { InvalidArn, InvalidName, StateMachineDoesNotExist, type LoggingConfiguration, type TracingConfiguration } from '@aws-sdk/client-sfn';
import type { CallContext } from '../../gateway/service.ts';

/** A state machine as it is kept. */
export interface StateMachine {
  readonly arn: string;
  readonly name: string;
  readonly revisionId: string;
  readonly createdAt: number;
  readonly logging?: LoggingConfiguration;
  readonly tracing?: TracingConfiguration;
}

/** The ARN of a state machine. */
export const stateMachineArn = ({ region, accountId }: Pick<CallContext, 'region' | 'accountId'>, name: string): string =>
  `arn:aws:states:${region}:${accountId}:stateMachine:${name}`;

/** The ARN of an execution of a state machine. */
export const executionArn = (stateMachine: string, name: string): string => `${stateMachine.replace(':stateMachine:', ':execution:')}:${name}`;

// https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html: names of executions and state machines
const forbidden = /[\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}]/u;

/**
 * Checks the name of a state machine or an execution.
 * @throws InvalidName
 */
export const checkName = (name: string): string => {
  if (name.length >= 1 && name.length <= 80 && !forbidden.test(name)) return name;
  throw new InvalidName({ message: `Invalid Name: '${name}': 1 to 80 characters without white space, brackets, wildcards and "#%\\^|~\`$&,;:/`, $metadata: {} });
};

/**
 * Checks the form of an ARN.
 * @throws InvalidArn
 */
export const checkArn = (arn: string, kind: 'stateMachine' | 'execution'): string => {
  if (new RegExp(`^arn:aws[\\w-]*:states:[\\w-]+:\\d{12}:${kind}:.+$`, 'u').test(arn)) return arn;
  throw new InvalidArn({ message: `Invalid Arn: '${arn}': expected arn:aws:states:<region>:<account>:${kind}:<name>`, $metadata: {} });
};

/** The answer to an ARN that no state machine has. */
export const noSuchStateMachine = (arn: string): StateMachineDoesNotExist =>
  new StateMachineDoesNotExist({ message: `State Machine Does Not Exist: '${arn}'`, $metadata: {} });
