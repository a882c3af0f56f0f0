import * as z from 'zod';
import { jsonVariable } from './json-variable.ts';

/** A key's name in a stage: the private half's in the secret, the public half's in the stage's configuration. */
export const cookieKeyIdPattern = /^[a-z0-9]{1,16}$/;

/**
 * The secret that holds the private halves, written by the rotation's script: `{"signWith": "k1", "k1": "<PEM>"}`. `signWith`
 * names the key that is to sign; it signs from when CloudFront has its public half.
 */
export const cookieKeySecretSchema = z.object({ signWith: z.string().regex(cookieKeyIdPattern) }).catchall(z.string().startsWith('-----BEGIN PRIVATE KEY-----'));

export type CookieKeySecret = z.infer<typeof cookieKeySecretSchema>;

/** The name of that secret. */
export const cookieKeySecretName = (stage: string): string => `visionstream/${stage}/viewer-cookie-keys`;

/** How a stage makes cookies, as its function is told. */
export const cookieSettingsSchema = z.object({
  /** The domain that player and edge share. */
  domain: z.string().min(1),
  secretName: z.string().min(1),
  /** CloudFront's ids of the public keys, by the names of the keys. */
  keyPairIds: z.record(z.string(), z.string().min(1)),
});

export type CookieSettings = z.infer<typeof cookieSettingsSchema>;

/** The settings as one variable of the environment carries them: JSON, `null` where a stage has no such domain. */
export const cookieSettingsVariable = jsonVariable(cookieSettingsSchema.nullable());
