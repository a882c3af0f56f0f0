import * as z from 'zod';
import { jsonVariable } from './json-variable.ts';
import { cookieKeyIdPattern, cookieKeySecretSchema } from './viewer-cookies.ts';

/**
 * The secret with the private halves of the keys that sign playback tokens of Cam pipelines, written by the rotation's script:
 * `{"signWith": "k1", "k1": "<PEM>"}`. IVS has the public halves, from the stage's configuration.
 */
export const camKeySecretSchema = cookieKeySecretSchema;

export type CamKeySecret = z.infer<typeof camKeySecretSchema>;

/** The name of that secret. */
export const camKeySecretName = (stage: string): string => `visionstream/${stage}/cam-playback-keys`;

/** How a stage signs playback tokens of Cam pipelines, as its function is told. */
const camPlaybackSettingsSchema = z.object({
  secretName: z.string().min(1),
  /** The names of the keys whose public halves IVS has. */
  keyIds: z.array(z.string().regex(cookieKeyIdPattern)),
  /** The web pages on which browsers may play; empty = anywhere. */
  webOrigins: z.array(z.string().min(1)),
});

export type CamPlaybackSettings = z.infer<typeof camPlaybackSettingsSchema>;

/** The settings as one variable of the environment carries them: JSON, `null` where a stage has no keys. */
export const camPlaybackVariable = jsonVariable(camPlaybackSettingsSchema.nullable());
