/** Milliseconds with one decimal and thin groups: `3.3`, `4 120.5`; nothing for what has not happened. */
export function ms(time: number | null): string {
  if (time === null) return '';
  const [whole, part] = time.toFixed(1).split('.') as [string, string];
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ' ');
  return time >= 1000 ? grouped : `${grouped}.${part}`;
}

/** `1 byte`, `210 bytes`, `1.2 kB`. */
export function bytes(count: number): string {
  if (count < 1000) return `${count} byte${count === 1 ? '' : 's'}`;
  return `${(count / 1000).toFixed(1)} kB`;
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
