import { App, DefaultStackSynthesizer, Stack, Validations, type AppProps, type StackProps } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import type { StageConfiguration } from './config/stage-configuration.ts';
import type { FunctionCode } from './constructs/control/function-code.ts';
import { tagAll, tagKeys } from './constructs/tags.ts';
import { CamPipelineStack } from './stacks/cam-pipeline-stack.ts';
import { ControlStack } from './stacks/control-stack.ts';
import { EdgeCertificatesStack } from './stacks/edge-certificates-stack.ts';
import { FoundationStack } from './stacks/foundation-stack.ts';
import { ProPipelineStack } from './stacks/pro-pipeline-stack.ts';

/** CloudFront takes certificates and web ACLs from here only. */
const edgeRegion = 'us-east-1';

/** `pl_main` → `main`: what ids and names of stacks may consist of. */
const suffixOf = (pipelineId: string): string => pipelineId.replace(/^pl_/, '');

/** An app whose templates hold nothing but what the stage needs: the same with and without the CDK CLI. */
export const createApp = (props: Pick<AppProps, 'outdir'> = {}): App =>
  new App({
    ...props,
    analyticsReporting: false,
    // What a pipeline uses of the foundation cannot be taken away under it.
    context: { '@aws-cdk/core:defaultCrossStackReferences': 'strong' },
    // The CLI itself refuses an account that is not bootstrapped, before it deploys.
    // @ts-expect-error CDK's class does not fit CDK's interface where optional properties are exact
    defaultStackSynthesizer: new DefaultStackSynthesizer({ generateBootstrapVersionRule: false }),
  });

/** Declares the stack of each Cam pipeline. */
const declareCamPipelines = (app: App, { stage, cam }: StageConfiguration, { camSharing: sharing, recordings }: FoundationStack, propsOf: (name: string) => StackProps): void => {
  if (!cam || !sharing) return;
  for (const pipeline of cam.pipelines) {
    const suffix = suffixOf(pipeline.id);
    new CamPipelineStack(app, `Pipeline-${suffix}`, { stage, pipeline, sharing, recordings: recordings.bucket, ...propsOf(`pipeline-${suffix}`) });
  }
};

/** Declares every stack of a stage, by lifecycle, and checks them with cdk-nag's AwsSolutions when they are synthesised. */
export const declareStage = (app: App, configuration: StageConfiguration, code: FunctionCode): void => {
  const { stage, region, account, pipelines, edge } = configuration;
  const propsOf = (name: string, stackRegion = region): StackProps => ({
    stackName: `visionstream-${stage}-${name}`,
    env: { region: stackRegion, ...(account !== undefined && { account }) },
    terminationProtection: name === 'foundation' && configuration.retainData,
  });
  const foundation = new FoundationStack(app, 'Foundation', { configuration, ...propsOf('foundation') });
  for (const pipeline of pipelines) {
    const { archive, accessLogs, viewerEdge, cookieKeys } = foundation;
    const id = `Pipeline-${suffixOf(pipeline.id)}`;
    new ProPipelineStack(app, id, { configuration, pipeline, archive: archive.bucket, accessLogs: accessLogs.bucket, edge: viewerEdge, ...(cookieKeys && { cookieKeyGroup: cookieKeys.keyGroup }), ...propsOf(`pipeline-${suffixOf(pipeline.id)}`) });
  }
  declareCamPipelines(app, configuration, foundation, propsOf);
  new ControlStack(app, 'Control', { configuration, foundation, code, ...propsOf('control') });
  if (edge) new EdgeCertificatesStack(app, 'EdgeCertificates', { stage, domainName: edge.domainName, ...(edge.hostedZoneId !== undefined && { hostedZoneId: edge.hostedZoneId }), ...propsOf('edge-certificates', edgeRegion) });
  for (const stack of app.node.children.filter(Stack.isStack)) tagAll(stack, { [tagKeys.stage]: stage });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
};
