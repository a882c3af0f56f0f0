import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { parseStageConfiguration } from '../../lib/config/read-stage-configuration.ts';
import type { StageConfigurationInput } from '../../lib/config/stage-configuration.ts';
import { createApp, declareStage } from '../../lib/visionstream-app.ts';

/** What JSON holds: tests look into it freely. */
export type Json = ReturnType<typeof JSON.parse>;

/** A resource of a template, as far as tests look. */
export interface TemplateResource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, Json>>;
  readonly DependsOn?: readonly string[];
  readonly DeletionPolicy?: string;
}

/** A synthesised template. */
export interface Template {
  readonly Resources: Readonly<Record<string, TemplateResource>>;
  readonly Outputs?: Readonly<Record<string, { readonly Value: unknown; readonly Export?: { readonly Name: string } }>>;
}

/** A stage's configuration with defaults for tests: one pipeline `pl_main` on the house ladder. */
export const aStageConfiguration = (change: Partial<StageConfigurationInput> = {}): StageConfigurationInput => ({
  stage: 'test',
  region: 'us-east-1',
  pipelines: [aPipelineConfiguration()],
  ...change,
});

type DeclaredPipeline = NonNullable<StageConfigurationInput['pipelines']>[number];

/** A pipeline's configuration with defaults for tests. */
export const aPipelineConfiguration = (change: Partial<DeclaredPipeline> = {}): DeclaredPipeline => ({
  id: 'pl_main',
  name: 'Main stage',
  kind: 'PRO',
  ladder: 'house',
  inputs: { network: { type: 'PUBLIC', allowedSources: ['203.0.113.7/32'] } },
  ...change,
});

const aPlaybackKey = { id: 'k1', publicKey: generateKeyPairSync('ec', { namedCurve: 'secp384r1' }).publicKey.export({ type: 'spki', format: 'pem' }).toString() };

/** What a stage declares of Cam pipelines with defaults for tests: one private pipeline `pl_cam`. */
export const aCamConfiguration = (change: Partial<NonNullable<StageConfigurationInput['cam']>> = {}): NonNullable<StageConfigurationInput['cam']> => ({
  pipelines: [{ id: 'pl_cam', name: 'Cam' }],
  playbackKeys: [aPlaybackKey],
  ...change,
});

const code = () => Code.fromInline('export const handler = async () => ({});');

/** The CDK's own check takes seconds a run; one test runs it. */
const withCdkValidation = <Result>(isOn: boolean, run: () => Result): Result => {
  const before = process.env.CDK_VALIDATION;
  process.env.CDK_VALIDATION = String(isOn);
  try {
    return run();
  } finally {
    if (before === undefined) delete process.env.CDK_VALIDATION;
    else process.env.CDK_VALIDATION = before;
  }
};

/** Synthesises a stage with placeholder code and hands its folder to `read`. Throws when a rule of cdk-nag is broken. */
export const withSynthesisedStage = <Result>(configuration: StageConfigurationInput, read: (folder: string, stackIds: readonly string[]) => Result, isValidated = false): Result => {
  const outdir = mkdtempSync(join(tmpdir(), 'visionstream-infra-'));
  try {
    const app = createApp({ outdir });
    declareStage(app, parseStageConfiguration(configuration, 'test'), code);
    const assembly = withCdkValidation(isValidated, () => app.synth());
    return read(outdir, assembly.stacks.map(({ id }) => id));
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
};

/** The templates of a stage by the stack's id: `Foundation`, `Pipeline-main`, `Control`. */
export const synthesisedTemplates = (configuration: StageConfigurationInput = aStageConfiguration()): Readonly<Record<string, Template>> =>
  withSynthesisedStage(configuration, (folder, stackIds) =>
    Object.fromEntries(stackIds.map((id) => [id, JSON.parse(readFileSync(join(folder, `${id}.template.json`), 'utf8')) as Template])),
  );

/** The resources of a type. */
export const resourcesOf = (template: Template, type: string): readonly TemplateResource[] => Object.values(template.Resources).filter((resource) => resource.Type === type);

/** The only resource of a type. */
export const onlyResourceOf = (template: Template, type: string): TemplateResource => {
  const [resource, ...more] = resourcesOf(template, type);
  if (resource === undefined || more.length > 0) throw new Error(`expected one ${type}, got ${resource === undefined ? 0 : more.length + 1}`);
  return resource;
};

type Intrinsic = Readonly<Record<string, Json>>;

/** Text with every reference replaced by what `valueOf` says of it (by default its name): joins are done as CloudFormation does. */
export const rendered = (value: unknown, valueOf: (reference: Intrinsic) => string = (reference) => JSON.stringify(reference)): string => {
  if (typeof value === 'string') return value;
  const intrinsic = value as Intrinsic;
  const join = intrinsic['Fn::Join'] as [string, unknown[]] | undefined;
  return join ? join[1].map((part) => rendered(part, valueOf)).join(join[0]) : valueOf(intrinsic);
};
