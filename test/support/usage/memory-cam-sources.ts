import type { CamRun } from '../../../lambda/domain/breakouts/cam/cam-run.ts';
import type { StreamSession } from '../../../lambda/domain/breakouts/cam/stream-session.ts';
import type { CamSources } from '../../../lambda/domain/usage/show-facts.ts';

/** What is known of a show on a Cam pipeline; of none unless told. */
export const memoryCamSources = (known: { readonly runs?: readonly CamRun[]; readonly sessions?: readonly StreamSession[]; readonly countries?: readonly string[] } = {}): CamSources => ({
  runs: { list: async () => known.runs ?? [] },
  sessions: { list: async () => known.sessions ?? [] },
  viewerCountries: { ofChannel: async () => known.countries ?? [] },
});
