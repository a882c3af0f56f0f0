/**
 * Alerts in MediaLive's own words: https://docs.aws.amazon.com/medialive/latest/ug/monitor-activity-types-alerts-channels.html.
 * Which of them a push input raises is documented for none; the choice follows their descriptions. A silent sound and an
 * encoder that fails have none of their own: the nearest one stands for the first, a name of ours for the second.
 */
export const alertTypes = {
  inputImageMissing: 'Input Image Missing',
  audioNotDetected: 'Audio Not Detected',
  videoNotDetected: 'Video Not Detected',
  blackVideo: 'Black Video Detected',
  udpStopped: 'Stopped Receiving UDP Input',
  rtpCorrupt: 'RTP Header Corruption',
  rtmpHasNoMedia: 'RTMP Has No Audio/Video',
  doublePublishing: 'Input Double-Publishing Detected',
  inputFailedOver: 'Input Failed Over',
  outputNotCreated: 'Failed to Create Output File or Socket',
  outputNotWritten: 'Failed to Write to Output',
  outputNotFinalised: 'Failed to Close or Finalize The Output',
  encoderFailure: 'Encoder Failure',
} as const;

export type AlertType = (typeof alertTypes)[keyof typeof alertTypes];
