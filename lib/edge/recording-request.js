// The viewer's URL is /t/<token>/<accountId>/<eventId>/<breakoutId>/<file>, where the token is of the breakout's recording.
// Only what conversions write: nothing that another reader could take for a slash, a dot or another character.
const recordingPath = /^\/t\/([^/]+)((?:\/[a-z]{3}_[0-9A-Z]{26}){2}\/(bko_[0-9A-Z]{26})(?:\/(?!\.)[A-Za-z0-9_.-]{1,80}){1,3})$/;
// What Amazon IVS recorded stays where it put it. The token is of the breakout and of that folder: /t/<token>/<accountId>/<eventId>/<breakoutId>/<folder>/<file>.
const placedPath = /^\/t\/([^/]+)(?:\/[a-z]{3}_[0-9A-Z]{26}){2}\/(bko_[0-9A-Z]{26}\/(ivs\/v1\/[0-9]{12}\/[A-Za-z0-9]{1,24}(?:\/[0-9]{1,4}){5}\/[A-Za-z0-9]{1,24}))((?:\/(?!\.)[A-Za-z0-9_.-]{1,80}){1,5})$/;
// What plays as one: /t/<token>/<accountId>/<eventId>/<breakoutId>/<first>-<last>/<folder>/<file>. The token is of the breakout, these minutes and the channel's folder.
const spanPath = /^\/t\/([^/]+)(?:\/[a-z]{3}_[0-9A-Z]{26}){2}\/(bko_[0-9A-Z]{26}\/([0-9]{1,9})-([0-9]{1,9})\/)((ivs\/v1\/[0-9]{12}\/[A-Za-z0-9]{1,24})\/([0-9]{1,4})\/([0-9]{1,2})\/([0-9]{1,2})\/([0-9]{1,2})\/([0-9]{1,2})\/[A-Za-z0-9]{1,24}(?:\/(?!\.)[A-Za-z0-9_.-]{1,80}){1,5})$/;
// A download says under which name it is kept; S3 answers with it.
const dispositionQuery = 'response-content-disposition';
const attachment = /^attachment; ?filename="[A-Za-z0-9 _.-]{1,120}"$/;
const cors = { 'access-control-allow-origin': { value: '*' } };

function dispositionOf(request) {
  const given = request.querystring[dispositionQuery];
  if (!given || given.multiValue) return '';
  return attachment.test(decodeURIComponent(given.value.replace(/\+/g, '%20'))) ? given.value : '';
}

function fileInSpan(path) {
  const minute = Date.UTC(+path[7], path[8] - 1, +path[9], +path[10], +path[11]) / 60000;
  return minute >= +path[3] && minute <= +path[4] ? { token: path[1], subject: path[2] + path[6], stored: '/' + path[5] } : null;
}

// What a path asks for: a stored file, and the subject that its token must have.
function fileOf(uri) {
  const path = recordingPath.exec(uri);
  if (path) return { token: path[1], subject: path[3], stored: path[2] };
  const spanned = spanPath.exec(uri);
  if (spanned) return fileInSpan(spanned);
  const placed = placedPath.exec(uri);
  return placed ? { token: placed[1], subject: placed[2], stored: '/' + placed[3] + placed[4] } : null;
}

async function verified(event, file) {
  const request = event.request;
  const why = await whyNot(cf.kvs(), event, file.token, 'r', file.subject, Math.floor(Date.now() / 1000));
  if (why) return refused(why, cors);
  const disposition = dispositionOf(request);
  request.uri = file.stored;
  request.querystring = disposition ? { 'response-content-disposition': { value: disposition } } : {};
  return request;
}

// Every way out but a verified request is a refusal: an error must not let anyone through.
async function handler(event) {
  try {
    const file = fileOf(event.request.uri);
    if (!file) return notFound(cors);
    if (event.request.method === 'OPTIONS') return preflight(cors);
    return await verified(event, file);
  } catch (_) {
    return refused('cannot verify', cors);
  }
}
