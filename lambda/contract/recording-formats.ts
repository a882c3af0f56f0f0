/** What a recording can be made in. HLS is made of every show. */
export const recordingFormats = ['HLS', 'MP4', 'AUDIO', 'THUMBNAILS'] as const;

export type RecordingFormat = (typeof recordingFormats)[number];

/** The output groups of the conversion's job template, by the format that each makes; also the folders of the results. */
export const outputGroupNames: Readonly<Record<RecordingFormat, string>> = { HLS: 'hls', MP4: 'mp4', AUDIO: 'audio', THUMBNAILS: 'thumbnails' };

/** What every group's files begin with: `<recording>/hls/show.m3u8`. */
export const recordingFileName = 'show';
