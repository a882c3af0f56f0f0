import { ArnFormat, CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { FunctionName } from '../../lambda/contract/functions.ts';
import type { StageConfiguration } from '../config/stage-configuration.ts';
import { Alarms } from '../constructs/control/alarms.ts';
import { PlatformApi } from '../constructs/control/api/rest-api.ts';
import { Announcements } from '../constructs/control/announcements.ts';
import { ControlFunctions } from '../constructs/control/control-functions.ts';
import { EventRoutes } from '../constructs/control/event-routes.ts';
import type { FunctionCode } from '../constructs/control/function-code.ts';
import { HardStopSchedules } from '../constructs/control/hard-stop-schedules.ts';
import { UsageDashboard } from '../constructs/control/usage-dashboard.ts';
import { showStateMachineName, ShowWorkflow } from '../constructs/control/show-workflow/show-workflow.ts';
import type { FoundationStack } from './foundation-stack.ts';

export interface ControlStackProps extends StackProps {
  readonly configuration: StageConfiguration;
  readonly foundation: FoundationStack;
  readonly code: FunctionCode;
}

/** The control plane: API, functions, the show's workflow, and what wakes them. Holds no data. */
export class ControlStack extends Stack {
  private readonly functions: ControlFunctions;

  constructor(scope: Construct, id: string, { configuration, foundation, code, ...props }: ControlStackProps) {
    super(scope, id, props);
    const { stage } = configuration;
    this.functions = new ControlFunctions(this, 'Functions', { stage, code });
    const hardStops = new HardStopSchedules(this, 'HardStops', { stage, hardStop: this.lambda('hardStop') });
    const announcements = new Announcements(this, 'Announcements', { stage });
    const alarms = new Alarms(this, 'Alarms', { stage, deadLetters: this.functions.deadLetters });
    this.functions.bind({
      configuration,
      foundation,
      hardStops,
      announcements,
      showStateMachineArn: this.statesArn('stateMachine', showStateMachineName(stage)),
      showExecutionArns: this.statesArn('execution', `${showStateMachineName(stage)}:*`),
    });
    const workflow = this.defineWorkflow(configuration);
    const api = this.defineApi(stage);
    new UsageDashboard(this, 'UsageDashboard', { stage, accounts: configuration.usage.dashboardAccounts });
    new EventRoutes(this, 'Events', { functions: this.functions, foundation });
    new CfnOutput(this, 'ApiUrl', { value: api.url });
    new CfnOutput(this, 'AnnouncementsTopicArn', { value: announcements.topic.topicArn });
    new CfnOutput(this, 'AlarmsTopicArn', { value: alarms.topic.topicArn });
    new CfnOutput(this, 'ShowStateMachineArn', { value: workflow.stateMachine.stateMachineArn });
  }

  private statesArn(resource: 'stateMachine' | 'execution', resourceName: string): string {
    return this.formatArn({ service: 'states', resource, resourceName, arnFormat: ArnFormat.COLON_RESOURCE_NAME });
  }

  private lambda(name: FunctionName): IFunction {
    return this.functions.get(name).function;
  }

  private defineWorkflow({ stage, show, usage }: StageConfiguration): ShowWorkflow {
    const arnOf = (name: FunctionName): string => this.lambda(name).functionArn;
    return new ShowWorkflow(this, 'Show', {
      stage,
      pollSeconds: show.pollSeconds,
      // A hundred looks until the bound: the logs are what is waited for, hours long.
      settlePollSeconds: Math.max(show.pollSeconds, Math.ceil(usage.settleSeconds / 100)),
      functionArns: {
        showChannel: arnOf('showChannel'),
        showState: arnOf('showState'),
        showEdge: arnOf('showEdge'),
        conversion: arnOf('conversion'),
        metering: arnOf('metering'),
      },
    });
  }

  private defineApi(stage: string): PlatformApi {
    return new PlatformApi(this, 'Api', {
      stage,
      authoriser: this.lambda('authoriser'),
      shared: this.lambda('shared'),
      functions: { recordings: this.lambda('recordings'), api: this.lambda('api'), showControl: this.lambda('showControl'), ingest: this.lambda('ingest'), playback: this.lambda('playback'), monitoring: this.lambda('monitoring'), usage: this.lambda('usage') },
    });
  }
}
