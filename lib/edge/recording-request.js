// The viewer's URL is /t/<token>/<accountId>/<eventId>/<breakoutId>/<file>, where the token is of the breakout's recording.
// Only what conversions write: nothing that another reader could take for a slash, a dot or another character.
const recordingPath = /^\/t\/([^/]+)((?:\/[a-z]{3}_[0-9A-Z]{26}){2}\/(bko_[0-9A-Z]{26})(?:\/(?!\.)[A-Za-z0-9_.-]{1,80}){1,3})$/;
// A download says under which name it is kept; S3 answers with it.
const dispositionQuery = 'response-content-disposition';
const attachment = /^attachment; ?filename="[A-Za-z0-9 _.-]{1,120}"$/;
const cors = { 'access-control-allow-origin': { value: '*' } };

function dispositionOf(request) {
  const given = request.querystring[dispositionQuery];
  if (!given || given.multiValue) return '';
  return attachment.test(decodeURIComponent(given.value.replace(/\+/g, '%20'))) ? given.value : '';
}

async function verified(event, path) {
  const request = event.request;
  const why = await whyNot(cf.kvs(), event, path[1], 'r', path[3], Math.floor(Date.now() / 1000));
  if (why) return refused(why, cors);
  const disposition = dispositionOf(request);
  request.uri = path[2];
  request.querystring = disposition ? { 'response-content-disposition': { value: disposition } } : {};
  return request;
}

// Every way out but a verified request is a refusal: an error must not let anyone through.
async function handler(event) {
  try {
    const path = recordingPath.exec(event.request.uri);
    if (!path) return notFound(cors);
    if (event.request.method === 'OPTIONS') return preflight(cors);
    return await verified(event, path);
  } catch (_) {
    return refused('cannot verify', cors);
  }
}
