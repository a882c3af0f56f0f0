import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { EnvironmentGroup, EnvironmentGroupName } from '../../../lambda/contract/environment.ts';
import { functions, type FunctionName } from '../../../lambda/contract/functions.ts';
import type { FunctionCode } from './function-code.ts';
import { functionSettings } from './function-settings.ts';

export interface ControlFunctionProps {
  readonly stage: string;
  readonly name: FunctionName;
  readonly code: FunctionCode;
  /** Where events go that an asynchronous function could not handle. */
  readonly deadLetters: Queue;
}

/** `showControl` → `show-control` */
const kebabCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/**
 * A function of the control plane with a role and a log of its own. It may write its log, and what bindings add. Synthesis
 * fails when the bound groups are not exactly those of lambda/contract/functions.ts.
 */
export class ControlFunction extends Construct {
  readonly name: FunctionName;
  readonly function: LambdaFunction;
  private readonly role: Role;
  private readonly boundGroups = new Set<EnvironmentGroupName>();

  constructor(scope: Construct, id: string, { stage, name, code, deadLetters }: ControlFunctionProps) {
    super(scope, id);
    this.name = name;
    const { description, memoryMegabytes, timeoutSeconds, isAsynchronous } = functionSettings[name];
    const logGroup = new LogGroup(this, 'Log', { retention: RetentionDays.ONE_MONTH, removalPolicy: RemovalPolicy.DESTROY });
    this.role = new Role(this, 'Role', { description: `What ${name} may do`, assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(this.role);
    this.function = new LambdaFunction(this, 'Function', {
      functionName: `${stage}-${kebabCase(name)}`,
      description,
      code: code(name),
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: memoryMegabytes,
      timeout: Duration.seconds(timeoutSeconds),
      role: this.role,
      logGroup,
      ...(isAsynchronous && { deadLetterQueue: deadLetters }),
    });
    this.node.addValidation({ validate: () => this.unboundGroups() });
  }

  /** Sets the variables of a group and gives the permissions that they are useless without. */
  bind<Name extends EnvironmentGroupName>(group: Name, values: Readonly<Record<keyof EnvironmentGroup<Name> & string, string>>, ...permissions: readonly PolicyStatement[]): void {
    this.boundGroups.add(group);
    for (const [variable, value] of Object.entries<string>(values)) this.function.addEnvironment(variable, value);
    this.allow(...permissions);
  }

  /** Gives permissions that need no variable. */
  allow(...permissions: readonly PolicyStatement[]): void {
    for (const permission of permissions) this.role.addToPolicy(permission);
  }

  private unboundGroups(): string[] {
    const named: readonly EnvironmentGroupName[] = functions[this.name].environment;
    const [wanted, bound] = [named.toSorted().join(', '), [...this.boundGroups].toSorted().join(', ')];
    if (wanted === bound) return [];
    return [`the environment of ${this.name} is not its contract's; got ${bound}; allowed: ${wanted}; change lib/constructs/control/function-bindings.ts or lambda/contract/functions.ts`];
  }
}
