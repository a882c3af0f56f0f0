import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { DefinitionBody, LogLevel, StateMachine, StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { acknowledge, acknowledgePattern } from '../../acknowledge.ts';
import { showDefinition, type ShowDefinitionProps } from './show-definition.ts';

/** The state machine's name, which is known before it exists. */
export const showStateMachineName = (stage: string): string => `${stage}-show`;

export interface ShowWorkflowProps extends ShowDefinitionProps {
  readonly stage: string;
}

/** Runs shows: one execution each, named `<breakoutId>-<attempt>`. May invoke the five functions of its tasks, and no other. */
export class ShowWorkflow extends Construct {
  readonly stateMachine: StateMachine;

  constructor(scope: Construct, id: string, { stage, ...definition }: ShowWorkflowProps) {
    super(scope, id);
    const logs = new LogGroup(this, 'Log', {
      // Log delivery allows itself below this prefix once for all state machines.
      logGroupName: `/aws/vendedlogs/states/${showStateMachineName(stage)}`,
      retention: RetentionDays.THREE_MONTHS,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.stateMachine = new StateMachine(this, 'StateMachine', {
      stateMachineName: showStateMachineName(stage),
      stateMachineType: StateMachineType.STANDARD,
      definitionBody: DefinitionBody.fromString(Stack.of(this).toJsonString(showDefinition(definition))),
      logs: { destination: logs, level: LogLevel.ALL, includeExecutionData: false },
    });
    this.stateMachine.addToRolePolicy(new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: Object.values(definition.functionArns) }));
    acknowledge(this.stateMachine, { 'AwsSolutions-SF2': 'An execution is one show and its history is its trace; X-Ray would sample what must be complete.' });
    acknowledgePattern(this.stateMachine, '*', 'The permissions of log delivery have no resources.');
  }
}
