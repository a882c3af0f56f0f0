import { CreateStateMachineCommand, SFNClient, UpdateStateMachineCommand } from '@aws-sdk/client-sfn';
import { z } from 'zod';
import type { ClientSettings } from '../../runtime/ports.ts';
import { commandOf, enforced, generatedName, inert, required, tagsAreInert, type Properties, type ResourceProvider } from '../resource-provider.ts';

const stateMachineProperties = z.looseObject({
  StateMachineName: z.string().optional(),
  DefinitionString: z.string(),
  DefinitionSubstitutions: z.record(z.string(), z.string()).default({}),
  RoleArn: z.string(),
});

const definitionOf = (properties: Properties): string => {
  const { DefinitionString, DefinitionSubstitutions } = stateMachineProperties.parse(properties);
  return DefinitionString.replaceAll(/\$\{([A-Za-z0-9_]+)\}/g, (whole, name: string) => DefinitionSubstitutions[name] ?? whole);
};

/** AWS::StepFunctions::StateMachine. */
export const statesProviders = (settings: ClientSettings): ResourceProvider[] => {
  const client = new SFNClient({ ...settings });
  return [
    {
      type: 'AWS::StepFunctions::StateMachine',
      properties: {
        ...enforced('StateMachineName', 'DefinitionString', 'DefinitionSubstitutions', 'RoleArn', 'StateMachineType'),
        ...inert('histories are kept whole and can be read from the API', 'LoggingConfiguration'),
        ...inert('traces are not kept', 'TracingConfiguration'),
        ...tagsAreInert,
      },
      create: async (properties, context) => {
        const { StateMachineName, RoleArn } = stateMachineProperties.parse(properties);
        const name = StateMachineName ?? generatedName(context, 80);
        const input = { name, definition: definitionOf(properties), roleArn: RoleArn, type: properties['StateMachineType'] };
        const { stateMachineArn } = await client.send(commandOf(CreateStateMachineCommand, input));
        const arn = required(stateMachineArn, 'the ARN');
        return { physicalId: arn, attributes: { Arn: arn, Name: name } };
      },
      update: async (resource, properties) => {
        const { RoleArn } = stateMachineProperties.parse(properties);
        await client.send(new UpdateStateMachineCommand({ stateMachineArn: resource.physicalId, definition: definitionOf(properties), roleArn: RoleArn }));
        return resource;
      },
    },
  ];
};
