/** A number with `digits` decimals, its thousands apart: `9 252.3`. */
export function grouped(value: number, digits = 0): string {
  const [whole, part] = value.toFixed(digits).split('.') as [string, string?];
  const groups = whole.replace(/\B(?=(?:\d{3}){1,7}$)/g, ' ');
  return part === undefined ? groups : `${groups}.${part}`;
}

/** Milliseconds with one decimal, whole from a second on: `3.3`, `4 120`; nothing for what has not happened. */
export const ms = (time: number | null): string =>
  time === null ? '' : time >= 1000 ? grouped(Math.trunc(time)) : grouped(time, 1);

/** `1 byte`, `210 bytes`, `1.2 kB`, `3.4 MB`. */
export function bytes(count: number): string {
  if (count < 1000) return `${count} byte${count === 1 ? '' : 's'}`;
  return count < 999_950 ? `${(count / 1000).toFixed(1)} kB` : `${(count / 1e6).toFixed(1)} MB`;
}

/** Names of channels by their id in a recording; others are called by that. */
const CARRIERS: Readonly<Record<string, string>> = {
  'in-page': 'this page',
  'copy-paste': 'copy and paste',
  'broadcast-channel': 'BroadcastChannel',
  websocket: 'WebSocket',
  sse: 'Server-Sent Events',
  'socket-io': 'Socket.IO',
};

export const carrierText = (channel: string): string => CARRIERS[channel] ?? channel;
