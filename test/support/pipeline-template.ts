import { proPipelineRegistrationSchema, type ProPipelineRegistration } from '../../lambda/contract/pipeline-registration.ts';
import { aPipelineConfiguration, aStageConfiguration, onlyResourceOf, rendered, resourcesOf, synthesisedTemplates, type Json, type Template } from './synthesised-stage.ts';

/** The templates of pipelines that differ from the default as said, by their names: `{ plain: {} }` is the pipeline `pl_plain`. One synthesis makes them all. */
export const pipelineTemplates = <Name extends string>(changes: Readonly<Record<Name, Parameters<typeof aPipelineConfiguration>[0]>>): ((name: Name) => Template) => {
  const pipelines = Object.entries<Parameters<typeof aPipelineConfiguration>[0]>(changes).map(([name, change]) => aPipelineConfiguration({ id: `pl_${name}`, ...change }));
  const templates = synthesisedTemplates(aStageConfiguration({ pipelines }));
  return (name) => templates[`Pipeline-${name}`]!;
};

/** The properties of a pipeline's channel. */
export const channelOf = (template: Template): Json => onlyResourceOf(template, 'AWS::MediaLive::Channel').Properties;

/** What a pipeline's channel encodes. */
export const encoderOf = (template: Template): Json => channelOf(template)['EncoderSettings'];

/** The properties of a pipeline's inputs. */
export const inputsOf = (template: Template): readonly Json[] => resourcesOf(template, 'AWS::MediaLive::Input').map(({ Properties }) => Properties);

/** The properties of a pipeline's endpoint of a format: `hls`. */
export const endpointOf = (template: Template, format: string): Json =>
  resourcesOf(template, 'AWS::MediaPackage::OriginEndpoint').find(({ Properties }) => String(Properties['Id']).endsWith(`-${format}`))!.Properties;

const url = 'https://0a1b.mediapackage.us-east-1.amazonaws.com/out/v1/0123/index.m3u8';

/** What a pipeline registers, as if it were deployed. */
export const registrationOf = (template: Template): ProPipelineRegistration => {
  const { Value } = onlyResourceOf(template, 'AWS::SSM::Parameter').Properties;
  const deployed = rendered(Value, (reference) => (JSON.stringify(reference).includes('"Url"') ? url : 'd111.cloudfront.net'));
  return proPipelineRegistrationSchema.parse(JSON.parse(deployed));
};
