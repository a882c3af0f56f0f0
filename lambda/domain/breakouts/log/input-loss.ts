/**
 * The alerts that say that an input's stream is not there, in MediaLive's own words:
 * https://docs.aws.amazon.com/medialive/latest/ug/monitor-activity-types-alerts-channels.html
 */
const lossAlerts: readonly string[] = [
  'Stopped Receiving UDP Input',
  'RTMP Stream Not Found',
  'RTMP Has No Audio/Video',
  'RTMP Server Disconnected',
  'RTMP Input Connect Failed',
];

/** Whether an alert says that an input does not arrive. */
export const isInputLoss = (alertType: string | undefined): boolean => alertType !== undefined && lossAlerts.includes(alertType);

const wordsOf = (message: string): readonly string[] => message.split(/[^\w-]+/);

/** The input that a message is about: the only one whose name stands in it as a word. Alerts have no field for it. */
export const inputNamedIn = (message: string, names: readonly string[]): string | undefined => {
  if (names.length === 1) return names[0];
  const words = wordsOf(message);
  const named = names.filter((name) => words.includes(name));
  return named.length === 1 ? named[0] : undefined;
};
