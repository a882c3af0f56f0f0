// The viewer's URL is /t/<token>/<breakoutId>/<the packager's own path>, or /c/<breakoutId>/… with the token in a cookie.
const viewerPath = /^\/(?:t\/([^/]+)|c)\/([^/]+)(\/.+)$/;
// Only what the packager itself writes: nothing that another reader could take for a slash, a dot or another character.
const packagerPath = /^\/out\/v1(?:\/(?!\.{1,2}(?:\/|$))(?:[A-Za-z0-9_.()=,:+@~-]|%(?:2[89BC]|3[AD]))+){2,}$/i;
const longestPath = 512;
const breakoutHeader = 'x-visionstream-breakout';
const tokenCookie = 'VisionStream-Token';
const isoTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+ -]\d\d:\d\d)$/;

// Whoever has a token may read with it from every site; cookies are for the stage's own sites.
function corsOf(event, hasCookies) {
  if (!hasCookies) return { 'access-control-allow-origin': { value: '*' } };
  const origin = event.request.headers.origin;
  if (!origin || webOrigins.indexOf(origin.value) < 0) return {};
  return { 'access-control-allow-origin': { value: origin.value }, 'access-control-allow-credentials': { value: 'true' }, vary: { value: 'Origin' } };
}

// ISO 8601 or Unix seconds, as the packager takes them; NaN for all else.
function secondsOf(text) {
  if (/^\d{1,11}$/.test(text)) return Number(text);
  return isoTime.test(text) ? Date.parse(text.replace(' ', '+')) / 1000 : NaN;
}

// Every start and end that the request names, in its query or in its path.
function shiftsOf(request, path) {
  const shifts = [];
  const parts = path.split('/');
  for (let index = 4; index < parts.length; index += 1) {
    const name = parts[index].toLowerCase();
    if (name === 'start' || name === 'end') shifts.push([name, secondsOf(decodeURIComponent(parts[index + 1] || ''))]);
  }
  Object.keys(request.querystring).forEach((key) => {
    const name = decodeURIComponent(key).toLowerCase();
    const given = request.querystring[key];
    const values = given.multiValue || [given];
    if (name === 'start' || name === 'end') values.forEach((one) => shifts.push([name, secondsOf(decodeURIComponent(one.value))]));
  });
  return shifts;
}

// A stretch begins with its own start, inside the show: without one the packager would decide.
function isWithin(shifts, holder) {
  const starts = shifts.filter((shift) => shift[0] === 'start').length;
  if (starts > 1 || shifts.length > starts * 2) return false;
  return shifts.every((shift) => shift[1] >= holder.began && (holder.until === null || shift[1] <= holder.until));
}

const isTime = (value) => Number.isFinite(value);

// Why the distribution does not show the breakout now; '' when it does.
function whyNotShown(holder, breakoutId, isPreview, shifts, now) {
  if (holder.breakoutId !== breakoutId || !isTime(holder.began) || !isTime(holder.from) || now < holder.from) return 'not showing';
  if (holder.until !== null && !(isTime(holder.until) && now <= holder.until)) return 'not showing';
  if (holder.curtain !== 'UP' && !isPreview) return 'curtain down';
  return isWithin(shifts, holder) ? '' : 'outside the show';
}

async function verified(event, token, breakoutId, path, cors) {
  const request = event.request;
  const cookie = request.cookies[tokenCookie];
  const text = token || (cookie ? cookie.value : '');
  const store = cf.kvs();
  const now = Math.floor(Date.now() / 1000);
  const why = await whyNot(store, event, text, token ? 'vp' : 'v', breakoutId, now);
  if (why) return refused(why, cors);
  const holder = JSON.parse((await valueOf(store, 'holder.' + event.context.distributionId)) || '{}');
  const unshown = whyNotShown(holder, breakoutId, text.split('.')[3].charAt(0) === 'p', shiftsOf(request, path), now);
  if (unshown) return refused(unshown, cors);
  request.uri = path;
  request.headers[breakoutHeader] = { value: breakoutId };
  return request;
}

// Every way out but a verified request is a refusal: an error must not let anyone through.
async function handler(event) {
  const path = viewerPath.exec(event.request.uri);
  const cors = corsOf(event, path !== null && path[1] === undefined);
  try {
    if (!path || path[3].length > longestPath || !packagerPath.test(path[3])) return notFound(cors);
    if (event.request.method === 'OPTIONS') return preflight(cors);
    return await verified(event, path[1], path[2], path[3], cors);
  } catch (_) {
    return refused('cannot verify', cors);
  }
}
