import fc from 'fast-check';
import { agentFamilies } from '../../../../lambda/domain/audience/agent-families.ts';

const logged = (agent: string): string => agent.replaceAll('%', '%25').replaceAll(' ', '%20').replaceAll('"', '%22');

const known: readonly (readonly [string, string, string, string])[] = [
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36', 'COMPUTER', 'Chrome', 'Windows'],
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36 Edg/130.0.0.0', 'COMPUTER', 'Edge', 'Windows'],
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Safari/537.36 OPR/110.0.0.0', 'COMPUTER', 'Opera', 'Windows'],
  ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.6 Safari/605.1.15', 'COMPUTER', 'Safari', 'macOS'],
  ['Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:131.0) Gecko/20100101 Firefox/131.0', 'COMPUTER', 'Firefox', 'Linux'],
  ['Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/129.0.0.0 Safari/537.36', 'COMPUTER', 'Chrome', 'ChromeOS'],
  ['Mozilla/5.0 (iPhone; CPU iPhone OS 17_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.6 Mobile/15E148 Safari/604.1', 'PHONE', 'Safari', 'iOS'],
  ['AppleCoreMedia/1.0.0.21G93 (iPhone; U; CPU OS 17_6_1 like Mac OS X; en_us)', 'PHONE', 'Apple player', 'iOS'],
  ['AppleCoreMedia/1.0.0.21L580 (Apple TV; U; CPU OS 17_5 like Mac OS X; en_us)', 'TELEVISION', 'Apple player', 'tvOS'],
  ['Mozilla/5.0 (iPad; CPU OS 16_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/129.0 Mobile/15E148 Safari/604.1', 'TABLET', 'Chrome', 'iOS'],
  ['Mozilla/5.0 (Linux; Android 14; SM-S918B) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/129.0.0.0 Mobile Safari/537.36', 'PHONE', 'Chrome', 'Android'],
  ['Mozilla/5.0 (Linux; Android 13; SM-X700) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/25.0 Chrome/121.0.0.0 Safari/537.36', 'TABLET', 'Samsung Internet', 'Android'],
  ['Mozilla/5.0 (SMART-TV; Linux; Tizen 6.0) AppleWebKit/537.36 (KHTML, like Gecko) 76.0.3809.146/6.0 TV Safari/537.36', 'TELEVISION', 'Television browser', 'Tizen'],
  ['Mozilla/5.0 (Web0S; Linux/SmartTV) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/94.0.4606.128 Safari/537.36 WebAppManager', 'TELEVISION', 'Television browser', 'webOS'],
  ['Mozilla/5.0 (Linux; Android 12; BRAVIA 4K VH2) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/110.0.0.0 Safari/537.36', 'TELEVISION', 'Television browser', 'Android'],
  ['Mozilla/5.0 (Linux; Android 9; AFTKA Build/PS7633) AppleWebKit/537.36 (KHTML, like Gecko) Silk/108.4 like Chrome/108.0 Safari/537.36', 'TELEVISION', 'Silk', 'Fire OS'],
  ['Mozilla/5.0 (X11; Linux aarch64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/90.0.4430.225 Safari/537.36 CrKey/1.56.500000', 'TELEVISION', 'Chrome', 'Android'],
  ['Roku/DVP-12.5 (12.5.0.4178-88)', 'TELEVISION', 'Roku', 'Roku OS'],
  ['com.example.player/3.1 (Linux;Android 11) ExoPlayerLib/2.19.1', 'TABLET', 'ExoPlayer', 'Android'],
  ['Mozilla/5.0 (PlayStation 5 3.00) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/13.0 Safari/605.1.15', 'CONSOLE', 'Safari', 'PlayStation'],
  ['VLC/3.0.20 LibVLC/3.0.20', 'OTHER', 'VLC', 'Other'],
  ['Lavf/60.16.100', 'OTHER', 'FFmpeg', 'Other'],
  ['Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)', 'BOT', 'Other', 'Other'],
  ['-', 'OTHER', 'Other', 'Other'],
  ['', 'OTHER', 'Other', 'Other'],
];

describe('agentFamilies', () => {
  it.each(known)('knows %s', (agent, device, browser, system) => {
    expect(agentFamilies(logged(agent))).toEqual({ device, browser, system });
  });

  it('reads what CloudFront encodes twice', () => {
    const [agent] = known[0]!;

    expect(agentFamilies(logged(logged(agent)))).toEqual(agentFamilies(logged(agent)));
  });

  it('gives every text families of the tables, and soon', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 3_000 }), (agent) => {
        const { device } = agentFamilies(agent);
        expect(['BOT', 'CONSOLE', 'TELEVISION', 'TABLET', 'PHONE', 'COMPUTER', 'OTHER']).toContain(device);
      }),
      { seed: 3, numRuns: 200 },
    );
    expect(agentFamilies(`${'%25'.repeat(400)}${'tizen'.repeat(2_000)}`)).toEqual({ device: 'OTHER', browser: 'Other', system: 'Other' });
  });
});
