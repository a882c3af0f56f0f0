import { join } from 'node:path';
import type { LocalService } from '../gateway/service.ts';
import type { Clock, TimeScale } from '../runtime/clock.ts';
import type { EventSink, MetricSink, RoleSessions, ServiceSessions, SystemTagging } from '../runtime/ports.ts';
import type { StateStore } from '../runtime/state/collection.ts';
import { createIvsService } from '../services/ivs/ivs-service.ts';
import { createMediaConvertService } from '../services/mediaconvert/mediaconvert-service.ts';
import { createMediaLiveService } from '../services/medialive/medialive-service.ts';
import { createMediaPackageService } from '../services/mediapackage/mediapackage-service.ts';
import type { DataFolder } from './data-folder.ts';
import { localOwner } from './identity.ts';
import type { LogFile } from './log-file.ts';

/** The ports of what takes and gives media. */
export type MediaPorts = Readonly<Record<'ivsIngest' | 'ivsPlayback' | 'packager' | 'rtmp', number>>;

/** What the media services are made from. */
export interface MediaServicesOptions {
  readonly state: StateStore;
  readonly clock: Clock;
  readonly timeScale: TimeScale;
  readonly events: EventSink;
  readonly metrics: MetricSink;
  readonly roles: RoleSessions;
  readonly data: DataFolder;
  readonly log: LogFile;
  readonly ffmpegPath: string;
  readonly ffprobePath: string;
  readonly ports: MediaPorts;
  /** How services call as themselves: IVS records so. */
  readonly serviceSessions: ServiceSessions;
}

/** MediaLive, MediaPackage, MediaConvert and IVS. */
export interface MediaServices {
  readonly services: readonly LocalService[];
  /** Tags that AWS itself puts on what IVS has. */
  readonly tagInIvs: SystemTagging;
  /** Opens the listeners. The gateway must listen. */
  start(): Promise<MediaPorts>;
  /** Stops channels and streams in order, so that their archives and recordings reach S3, and ends every child process. */
  close(): Promise<void>;
}

/** Makes the media services with a folder of their own for what is on its way. */
export const createMediaServices = (options: MediaServicesOptions): MediaServices => {
  const { state, clock, timeScale: scale, events, metrics, roles, data, log, ffmpegPath, ffprobePath, ports, serviceSessions } = options;
  const mediaFolder = join(data.path, 'media');
  const base = { state, clock, scale, events, metrics, roles, owner: localOwner, ffmpegPath, mediaFolder };
  const live = createMediaLiveService({ ...base, port: ports.rtmp, log: (message) => log.fault('medialive', message) });
  const packager = createMediaPackageService({ ...base, port: ports.packager, log: (message) => log.fault('mediapackage', message) });
  const converter = createMediaConvertService({ ...base, ffprobePath });
  const clientSettings = () => serviceSessions('ivs.amazonaws.com', `arn:aws:ivs:${localOwner.region}:${localOwner.accountId}:recording`);
  const ivs = createIvsService({ ...base, clientSettings, ports: { ingest: ports.ivsIngest, playback: ports.ivsPlayback }, log: (message) => log.fault('ivs', message) });
  return {
    services: [live.service, packager.service, converter.service, ivs.service],
    tagInIvs: ivs.tagAsAws,
    start: async () => {
      const { port: packagerPort } = await packager.start();
      const { rtmpPort } = await live.start();
      await converter.start();
      const { ingestPort, playbackPort } = await ivs.start();
      return { rtmp: rtmpPort, packager: packagerPort, ivsIngest: ingestPort, ivsPlayback: playbackPort };
    },
    close: async () => {
      await live.close();
      await ivs.close();
      await converter.close();
      await packager.close();
    },
  };
};
