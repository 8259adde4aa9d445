/**
 * The moment in UTC with nine fractional digits, `2026-11-22T10:00:00.123456789Z`: later ones are greater as text.
 *
 * @param text RFC 3339 with an offset and up to nine fractional digits, from the year 0 to 9999.
 */
export function toMoment(text: string): string {
  const fraction = /\.(\d+)/.exec(text)?.[1] ?? '';
  // Date keeps milliseconds alone. An offset has whole minutes, so that the fraction of a second is the same in UTC.
  const seconds = new Date(text.replace(/\.\d+/, '')).toISOString();
  return seconds.replace('.000Z', `.${fraction.padEnd(9, '0')}Z`);
}
