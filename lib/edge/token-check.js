// The check of a viewer's token, the same in every function at the edge: see lambda/contract/viewer-token.ts for its form.
// The runtime is not Node: no shorthand properties, no destructuring, no spread. lib/edge/edge-code.ts joins the parts.
const tokenShape = /^([a-z0-9]{1,16})\.([0-9a-z]{1,8})\.([A-Za-z0-9_-]{16})\.([vpr])(i?)(c?)\.([A-Za-z0-9_-]{43})$/;

function answer(statusCode, statusDescription, body, headers) {
  return {
    statusCode: statusCode,
    statusDescription: statusDescription,
    headers: Object.assign({ 'content-type': { value: 'text/plain' } }, headers),
    body: { encoding: 'text', data: body },
  };
}

const refused = (why, cors) => answer(403, 'Forbidden', why, Object.assign({ 'cache-control': { value: 'no-store' } }, cors));
const notFound = (cors) => answer(404, 'Not Found', 'not found', Object.assign({ 'cache-control': { value: 'max-age=60' } }, cors));

// A browser asks before it sends headers of its own. It learns nothing but that GET is allowed.
const preflight = (cors) => ({
  statusCode: 204,
  statusDescription: 'No Content',
  headers: Object.assign(
    {
      'access-control-allow-methods': { value: 'GET, HEAD, OPTIONS' },
      'access-control-allow-headers': { value: cors['access-control-allow-credentials'] ? 'range' : '*' },
      'access-control-max-age': { value: '86400' },
    },
    cors,
  ),
});

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

function countryOf(event) {
  const header = event.request.headers['cloudfront-viewer-country'];
  return header ? header.value : '';
}

// Why a token does not open the subject to this viewer at this second; '' when it does.
async function whyNot(store, event, text, kinds, subject, now) {
  const token = tokenShape.exec(text);
  if (!token || kinds.indexOf(token[4]) < 0) return 'bad token';
  const signed = [token[1], token[2], token[3], token[4] + token[5] + token[6], subject];
  if (token[5]) signed.push(event.viewer.ip);
  if (token[6]) signed.push(countryOf(event));
  const key = await valueOf(store, 'key.' + token[1]);
  if (!key || !same(crypto.createHmac('sha256', key).update(signed.join('.')).digest('base64url'), token[7])) return 'bad token';
  if (!(now < parseInt(token[2], 36))) return 'token expired';
  return (await valueOf(store, 'rev.' + token[3])) === null ? '' : 'token revoked';
}
