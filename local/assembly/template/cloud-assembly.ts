import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { templateSchema, type Template } from './template.ts';

const artifactSchema = z.object({
  type: z.string(),
  dependencies: z.array(z.string()).default([]),
  properties: z.looseObject({ templateFile: z.string().optional(), stackName: z.string().optional(), file: z.string().optional() }).default({}),
});

const manifestSchema = z.object({ artifacts: z.record(z.string(), artifactSchema) });

const assetsSchema = z.object({
  files: z.record(
    z.string(),
    z.object({
      source: z.object({ path: z.string(), packaging: z.string() }),
      destinations: z.record(z.string(), z.object({ bucketName: z.string(), objectKey: z.string() })),
    }),
  ),
});

/** A stack of a synthesised cloud assembly. */
export interface AssemblyStack {
  readonly stackName: string;
  readonly template: Template;
  /** Names of the stacks that must be deployed before it. */
  readonly dependencies: readonly string[];
}

/** What the CDK app wrote: its stacks, and where each asset's files are. */
export interface CloudAssembly {
  readonly stacks: readonly AssemblyStack[];
  /** The folder or file of an asset by its object key in the asset bucket. */
  readonly assetPaths: ReadonlyMap<string, string>;
}

const readJson = (folder: string, file: string): unknown => JSON.parse(readFileSync(join(folder, file), 'utf8'));

const readAssets = (folder: string, file: string): [string, string][] =>
  Object.values(assetsSchema.parse(readJson(folder, file)).files).flatMap(({ source, destinations }) =>
    Object.values(destinations).map(({ objectKey }): [string, string] => [objectKey, join(folder, source.path)]),
  );

/**
 * Reads a `cdk.out` folder.
 * @throws Error when a file of it is missing or not what the CDK writes.
 */
export const readCloudAssembly = (folder: string): CloudAssembly => {
  const { artifacts } = manifestSchema.parse(readJson(folder, 'manifest.json'));
  const isStack = (id: string): boolean => artifacts[id]?.type === 'aws:cloudformation:stack';
  const nameOf = (id: string): string => artifacts[id]?.properties.stackName ?? id;
  const stacks = Object.entries(artifacts)
    .filter(([id]) => isStack(id))
    .map(([id, { properties, dependencies }]) => ({
      stackName: nameOf(id),
      template: templateSchema.parse(readJson(folder, properties.templateFile ?? `${id}.template.json`)),
      dependencies: dependencies.filter(isStack).map(nameOf),
    }));
  const assetFiles = Object.values(artifacts).flatMap(({ type, properties }) => (type === 'cdk:asset-manifest' && properties.file ? [properties.file] : []));
  return { stacks, assetPaths: new Map(assetFiles.flatMap((file) => readAssets(folder, file))) };
};
