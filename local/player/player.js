// Plays a playback URL of any format: HLS and CMAF with hls.js, DASH and MSS with dash.js. `window.playing` tells how it goes.
(() => {
  const video = document.getElementById('video');
  const retryMilliseconds = 2000;
  const say = (text) => (document.getElementById('status').textContent = text);

  /** What is seen of the playback, for the line below the video and for whoever watches the page. */
  const playing = { format: undefined, rungs: [], rung: undefined, switches: [], stalls: [], errors: [], startedAt: undefined };
  window.playing = playing;

  /** Seconds of media that can be played on from here. */
  const secondsAhead = () => {
    const { buffered, currentTime } = video;
    // Players tell ranges apart that a frame's rounding separates.
    const slack = 0.1;
    for (let index = 0; index < buffered.length; index += 1) {
      if (buffered.start(index) - slack <= currentTime && currentTime <= buffered.end(index)) return buffered.end(index) - currentTime;
    }
    return 0;
  };

  /** The format that a manifest's URL names. */
  const formatOf = (url) => {
    const { pathname } = new URL(url, location.href);
    if (pathname.endsWith('.mpd')) return 'DASH';
    return /\.ism\/manifest$/i.test(pathname) ? 'MSS' : 'HLS';
  };

  /** Whether the URL is one that cookies open. */
  const takesCookies = (url) => new URL(url, location.href).pathname.startsWith('/c/');

  const tookRung = (height) => {
    if (playing.rung === height) return;
    playing.switches.push({ at: performance.now(), from: playing.rung, to: height });
    playing.rung = height;
  };

  const offers = (heights) => {
    playing.rungs = heights;
    say(`${playing.format}: ${heights.length} renditions (${heights.map((height) => `${height}p`).join(', ')})`);
  };

  const failed = (what, status, again) => {
    // Until the first picture, a manifest that is not there yet is what a viewer who comes early meets.
    if (playing.startedAt !== undefined) playing.errors.push(what);
    if (status === 403) say('The edge refuses this URL: the show is not on air, its curtain is down, or the access has expired.');
    else say(`Waiting for the stream (${what})…`);
    setTimeout(again, retryMilliseconds);
  };

  const playHls = (url) => {
    if (!window.Hls?.isSupported()) {
      video.src = url; // Safari plays HLS by itself.
      video.play();
      return () => video.removeAttribute('src');
    }
    const hls = new Hls({ xhrSetup: (request) => (request.withCredentials = takesCookies(url)) });
    hls.on(Hls.Events.ERROR, (_, { fatal, type, details, response }) => {
      if (fatal) failed(`${type}: ${details}`, response?.code, () => play(url));
    });
    hls.on(Hls.Events.MANIFEST_PARSED, (_, { levels }) => {
      offers(levels.map(({ height }) => height));
      video.play();
    });
    hls.on(Hls.Events.LEVEL_SWITCHED, (_, { level }) => tookRung(hls.levels[level]?.height));
    hls.loadSource(url);
    hls.attachMedia(video);
    return () => hls.destroy();
  };

  /**
   * Keeps a segment ahead at least. Of a Smooth Streaming manifest dash.js takes what is to be buffered from its length, which is
   * nothing at all where a show is young.
   */
  const keepBuffer = (player, seconds) => {
    if (playing.format !== 'MSS' || !(seconds > 0)) return;
    const { buffer } = player.getSettings().streaming;
    const names = ['bufferTimeDefault', 'bufferTimeAtTopQuality', 'bufferTimeAtTopQualityLongForm'];
    player.updateSettings({ streaming: { buffer: Object.fromEntries(names.map((name) => [name, Math.max(buffer[name], seconds)])) } });
  };

  const playDash = (url) => {
    const player = dashjs.MediaPlayer().create();
    const { events } = dashjs.MediaPlayer;
    const heightOf = (representation) => representation?.height;
    player.on(events.STREAM_INITIALIZED, () => offers(player.getRepresentationsByType('video').map(heightOf)));
    player.on(events.QUALITY_CHANGE_RENDERED, ({ mediaType }) => mediaType === 'video' && tookRung(heightOf(player.getCurrentRepresentationForType('video'))));
    player.on(events.ERROR, ({ error }) => failed(`${error?.code}: ${error?.message}`, error?.data?.response?.status, () => play(url)));
    player.setXHRWithCredentialsForType(null, takesCookies(url));
    // The clock of this machine is the show's: nobody else's time server is asked.
    player.updateSettings({ streaming: { utcSynchronization: { enabled: false } } });
    player.on(events.MANIFEST_LOADED, ({ data }) => data && keepBuffer(player, data.minBufferTime));
    player.initialize(video, url, true);
    // The manifest's own Date tells the time: no third party has to be asked.
    player.clearDefaultUTCTimingSources();
    return () => player.destroy();
  };

  let leave = () => undefined;
  const play = (url) => {
    leave();
    playing.format = formatOf(url);
    leave = playing.format === 'HLS' ? playHls(url) : playDash(url);
  };

  video.addEventListener('playing', () => {
    playing.startedAt ??= performance.now();
  });
  // The first wait is the start; each later one that a viewer can see (a tenth of a second) is a stall.
  video.addEventListener('waiting', () => {
    if (playing.startedAt === undefined) return;
    const stall = { at: video.currentTime, secondsAhead: secondsAhead() };
    setTimeout(() => video.currentTime === stall.at && playing.stalls.push(stall), 100);
  });
  video.addEventListener('error', () => playing.errors.push(`video: ${video.error?.message}`));

  setInterval(() => {
    if (playing.startedAt === undefined) return;
    document.getElementById('figures').textContent = `${video.videoHeight}p · ${secondsAhead().toFixed(1)} s ahead · ${playing.stalls.length} stalls`;
  }, 500);

  const source = new URLSearchParams(location.search).get('src');
  if (source) {
    document.getElementById('url').value = source;
    say('Waiting for the stream…');
    play(source);
  }
})();
