import cf from 'cloudfront';
import crypto from 'crypto';

// The viewer's URL is /t/<token>/<breakoutId>/<the packager's own path>; see lambda/contract/viewer-token.ts.
// The runtime is not Node: no shorthand properties, no destructuring, no spread.
const viewerPath = /^\/t\/([^/]+)\/([^/]+)(\/.+)$/;
const tokenShape = /^([a-z0-9]{1,16})\.([0-9a-z]{1,8})\.([A-Za-z0-9_-]{16})\.([A-Za-z0-9_-]{43})$/;
const breakoutHeader = 'x-visionstream-breakout';
const cors = { 'access-control-allow-origin': { value: '*' } };

function answer(statusCode, statusDescription, body, cacheControl) {
  return {
    statusCode: statusCode,
    statusDescription: statusDescription,
    headers: Object.assign({ 'content-type': { value: 'text/plain' }, 'cache-control': { value: cacheControl } }, cors),
    body: { encoding: 'text', data: body },
  };
}

const refused = (why) => answer(403, 'Forbidden', why, 'no-store');
const notFound = () => answer(404, 'Not Found', 'not found', 'max-age=60');

// A browser asks before it sends headers of its own. It learns nothing but that GET is allowed.
function preflight() {
  return {
    statusCode: 204,
    statusDescription: 'No Content',
    headers: Object.assign(
      {
        'access-control-allow-methods': { value: 'GET, HEAD, OPTIONS' },
        'access-control-allow-headers': { value: '*' },
        'access-control-max-age': { value: '86400' },
      },
      cors,
    ),
  };
}

// Takes as long whatever differs, and wherever.
function same(a, b) {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let index = 0; index < a.length; index += 1) difference |= a.charCodeAt(index) ^ b.charCodeAt(index);
  return difference === 0;
}

// A key that is not in the store rejects.
async function valueOf(store, key) {
  try {
    return await store.get(key);
  } catch (_) {
    return null;
  }
}

async function isSigned(store, keyId, signed, signature) {
  const key = await valueOf(store, 'key.' + keyId);
  if (!key) return false;
  return same(crypto.createHmac('sha256', key).update(signed).digest('base64url'), signature);
}

async function isServed(store, distributionId, breakoutId, now) {
  const holder = JSON.parse((await valueOf(store, 'holder.' + distributionId)) || '{}');
  if (holder.breakoutId !== breakoutId || !Number.isFinite(holder.from)) return false;
  return holder.from <= now && (holder.until === null || (Number.isFinite(holder.until) && now <= holder.until));
}

async function verified(event, path) {
  const token = tokenShape.exec(path[1]);
  const breakoutId = path[2];
  if (!token) return refused('bad token');
  const now = Math.floor(Date.now() / 1000);
  const store = cf.kvs();
  if (!(await isSigned(store, token[1], [token[1], token[2], token[3], breakoutId].join('.'), token[4]))) return refused('bad token');
  if (!(now < parseInt(token[2], 36))) return refused('token expired');
  if (!(await isServed(store, event.context.distributionId, breakoutId, now))) return refused('not showing');
  const request = event.request;
  request.uri = path[3];
  request.headers[breakoutHeader] = { value: breakoutId };
  return request;
}

// Every way out but a verified request is a refusal: an error must not let anyone through.
async function handler(event) {
  try {
    const path = viewerPath.exec(event.request.uri);
    if (!path) return notFound();
    if (event.request.method === 'OPTIONS') return preflight();
    return await verified(event, path);
  } catch (_) {
    return refused('cannot verify');
  }
}
