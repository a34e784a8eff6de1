/** How candidates, times and messages are called in this figure. */
import { bracketed } from '../../../core/base/address.ts';
import { carrierText, grouped } from '../../format/words.ts';
import type { Candidate } from '../../../core/projections/candidates.ts';
import { readCandidate } from '../../../core/projections/candidates.ts';
import type { Message } from '../../../core/projections/messages.ts';

/** `45.7 ms`, `1 072.0 ms`; whole milliseconds from ten seconds on. */
export const ms = (time: number): string => `${grouped(time, time >= 10_000 ? 0 : 1)} ms`;

/** `755164e4….local`, `10.0.0.7`; an IPv6 address keeps its head and its tail. */
export function shortAddress(address: string): string {
  if (address === '' || address === '(redacted)') return 'address hidden';
  if (address.endsWith('.local') && address.length > 15) return `${address.slice(0, 8)}….local`;
  return address.length > 17 ? `${address.slice(0, 9)}…${address.slice(-6)}` : address;
}

/** `:50124`; a broken candidate line may have none. */
export const portOf = ({ port }: Pick<Candidate, 'port'>): string =>
  Number.isFinite(port) ? `:${port}` : ':?';

/** `UDP IPv4 :50124`, without the family where an mDNS name hides it. */
export const transportLine = ({ protocol, family, port }: Candidate): string =>
  [protocol.toUpperCase(), family, portOf({ port })].filter(Boolean).join(' ');

/** `203.0.113.24:51742`, `[2001:db8::7]:50126`. */
export function addressAndPort({ address, port }: Pick<Candidate, 'address' | 'port'>): string {
  const short = shortAddress(address);
  return `${bracketed(short)}${portOf({ port })}`;
}

export const NO_MORE = 'end of candidates';

export function messageName({ kind, payload }: Message): string {
  if (kind === 'end') return NO_MORE;
  if (kind !== 'candidate') return kind;
  const line = payload && 'candidate' in payload ? String(payload.candidate) : '';
  if (line === '') return NO_MORE;
  const parsed = readCandidate(line);
  return parsed ? `${parsed.type} candidate` : 'candidate';
}

/** How the two peers reach each other without ICE, in words. */
export function channelName(channel: string, loopback: boolean): string {
  if (loopback || /^in[- ]?page$/i.test(channel)) return 'inside the page';
  return carrierText(channel) || 'outside of ICE';
}
