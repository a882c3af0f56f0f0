import { readFileSync, writeFileSync } from 'node:fs';
import * as z from 'zod';
import type { PublicKeyFile } from './rotate-published-key.ts';

const fileSchema = z.looseObject({
  delivery: z.looseObject({ cookies: z.looseObject({ keys: z.array(z.object({ id: z.string(), publicKey: z.string() })).default([]) }) }),
});

/** Cookies' public keys in a stage's file, whose other members stay as they are. @throws Error that says what the file lacks */
export const cookieStageFile = (path: string): PublicKeyFile => {
  const read = () => {
    const parsed = fileSchema.safeParse(JSON.parse(readFileSync(path, 'utf8')));
    if (parsed.success) return parsed.data;
    throw new Error(`${path} gives no cookies: expected delivery.cookies with domain and webOrigins (${z.prettifyError(parsed.error)})`);
  };
  return {
    publicKeys: () => read().delivery.cookies.keys,
    write(keys) {
      const { delivery, ...file } = read();
      const changed = { ...file, delivery: { ...delivery, cookies: { ...delivery.cookies, keys } } };
      writeFileSync(path, `${JSON.stringify(changed, null, 2)}\n`);
    },
  };
};

const camFileSchema = z.looseObject({ cam: z.looseObject({ playbackKeys: z.array(z.object({ id: z.string(), publicKey: z.string() })).default([]) }) });

/** Public keys of Cam playback in a stage's file, whose other members stay as they are. @throws Error that says what the file lacks */
export const camStageFile = (path: string): PublicKeyFile => {
  const read = () => {
    const parsed = camFileSchema.safeParse(JSON.parse(readFileSync(path, 'utf8')));
    if (parsed.success) return parsed.data;
    throw new Error(`${path} has no Cam pipelines: expected cam with pipelines (${z.prettifyError(parsed.error)})`);
  };
  return {
    publicKeys: () => read().cam.playbackKeys,
    write(playbackKeys) {
      const { cam, ...file } = read();
      writeFileSync(path, `${JSON.stringify({ ...file, cam: { ...cam, playbackKeys } }, null, 2)}\n`);
    },
  };
};
