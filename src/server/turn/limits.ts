import { channelNumbers } from '../../core/stun/channel-data.ts';

/** How much a client may take. Lifetimes in seconds (RFC 8656 §7.2, §9, §12), sizes in bytes. */
export interface Limits {
  readonly allocations: number;
  readonly allocationsPerUser: number;
  readonly permissionsPerAllocation: number;
  readonly channelsPerAllocation: number;
  readonly reservations: number;
  /** The highest channel number to bind: 0x4FFF, or 0x7FFE for clients of RFC 5766 (§11.2). */
  readonly lastChannel: number;
  readonly defaultLifetime: number;
  readonly maxLifetime: number;
  readonly permissionLifetime: number;
  readonly channelLifetime: number;
  readonly nonceLifetime: number;
  readonly tcpConnections: number;
  /** A TCP connection without an allocation is closed after so many idle seconds. */
  readonly tcpIdle: number;
  /** What a TCP client may leave unread before data for it is dropped. */
  readonly tcpBacklog: number;
}

export const defaultLimits: Limits = {
  allocations: 1000,
  allocationsPerUser: 500,
  permissionsPerAllocation: 500,
  channelsPerAllocation: 500,
  reservations: 100,
  lastChannel: channelNumbers.last,
  defaultLifetime: 600,
  maxLifetime: 3600,
  permissionLifetime: 300,
  channelLifetime: 600,
  nonceLifetime: 3600,
  tcpConnections: 1000,
  tcpIdle: 30,
  tcpBacklog: 1024 * 1024,
};
