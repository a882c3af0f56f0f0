const zero = 48;
const nine = 57;

/** The whole number that the bytes write in decimal digits; -1 when they do not, or write one of more than 13 digits. */
export const wholeNumber = (bytes: Uint8Array, from: number, to: number): number => {
  if (to <= from || to - from > 13) return -1;
  let value = 0;
  for (let at = from; at < to; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte < zero || byte > nine) return -1;
    value = value * 10 + byte - zero;
  }
  return value;
};

/** Whether the bytes are this ASCII text. */
export const isText = (bytes: Uint8Array, from: number, to: number, text: string): boolean => {
  if (to - from !== text.length) return false;
  for (let index = 0; index < text.length; index += 1) if (bytes[from + index] !== text.charCodeAt(index)) return false;
  return true;
};

/** The bytes as text, one character a byte. */
export const textOf = (bytes: Uint8Array, from: number, to: number): string => {
  let text = '';
  for (let at = from; at < to; at += 1) text += String.fromCharCode(bytes[at] ?? 0);
  return text;
};

/** Reads minutes since the epoch (UTC) of `2026-11-23` and `10:15:30`; -1 when they are no date and time. */
export type MinuteReader = (bytes: Uint8Array, dateFrom: number, dateTo: number, timeFrom: number, timeTo: number) => number;

const minutesADay = 1440;
const dash = 45;
const colon = 58;

/** A reader that remembers the last date, which thousands of lines share. */
export const minuteReader = (): MinuteReader => {
  let lastDate = -1;
  let lastDay = -1;
  const dayOf = (date: number, year: number, month: number, day: number): number => {
    const at = Date.UTC(year, month - 1, day);
    const isDate = month >= 1 && month <= 12 && new Date(at).getUTCDate() === day;
    lastDate = date;
    lastDay = isDate ? at / 86_400_000 : -1;
    return lastDay;
  };
  return (bytes, dateFrom, dateTo, timeFrom, timeTo) => {
    if (dateTo - dateFrom !== 10 || timeTo - timeFrom !== 8) return -1;
    if (bytes[dateFrom + 4] !== dash || bytes[dateFrom + 7] !== dash || bytes[timeFrom + 2] !== colon || bytes[timeFrom + 5] !== colon) return -1;
    const year = wholeNumber(bytes, dateFrom, dateFrom + 4);
    const month = wholeNumber(bytes, dateFrom + 5, dateFrom + 7);
    const day = wholeNumber(bytes, dateFrom + 8, dateTo);
    const hours = wholeNumber(bytes, timeFrom, timeFrom + 2);
    const minutes = wholeNumber(bytes, timeFrom + 3, timeFrom + 5);
    const seconds = wholeNumber(bytes, timeFrom + 6, timeTo);
    if (year < 1970 || month < 0 || day < 0 || hours < 0 || hours > 23 || minutes < 0 || minutes > 59 || seconds < 0 || seconds > 60) return -1;
    const date = year * 10_000 + month * 100 + day;
    const days = date === lastDate ? lastDay : dayOf(date, year, month, day);
    return days < 0 ? -1 : days * minutesADay + hours * 60 + minutes;
  };
};
