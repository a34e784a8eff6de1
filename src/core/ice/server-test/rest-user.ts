/**
 * User names that end by themselves: `1795284000:ann`, the second of 1970's count at which they do, a colon, a name. The
 * password is made from the name and a secret that the server knows (draft-uberti-behave-turn-rest-00, section 2.2;
 * coturn's use-auth-secret). Some services write the parts the other way round or leave the name out.
 */

/** Milliseconds since 1970; null when the name holds no time. */
export function endOfUser(username: string): number | null {
  const seconds = /^(\d{9,11})(?::|$)/.exec(username)?.[1] ?? /:(\d{10})$/.exec(username)?.[1];
  return seconds === undefined ? null : Number(seconds) * 1000;
}

/** What follows the time, or the whole name. */
export const nameOfUser = (username: string): string => username.replace(/^\d{9,11}(?::|$)|:\d{10}$/, '');

/** `21 November, 18:00 UTC` */
export function atUtc(ms: number): string {
  const date = new Date(ms);
  const month = date.toLocaleString('en', { month: 'long', timeZone: 'UTC' });
  const two = (value: number) => String(value).padStart(2, '0');
  return `${date.getUTCDate()} ${month}, ${two(date.getUTCHours())}:${two(date.getUTCMinutes())} UTC`;
}

/** `18 hours` */
export function span(ms: number): string {
  const units = [
    [86_400_000, 'day'],
    [3_600_000, 'hour'],
    [60_000, 'minute'],
    [1000, 'second'],
  ] as const;
  const [size, name] = units.find(([each]) => ms >= each * 2 || each === 1000) ?? units[3];
  const count = Math.floor(ms / size);
  return `${count} ${name}${count === 1 ? '' : 's'}`;
}
