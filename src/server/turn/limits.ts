import { channelNumbers } from '../../core/stun/channel-data.ts';

/** How much a client may take. Lifetimes in seconds (RFC 8656 §7.2, §9, §12), sizes in bytes. */
export interface Limits {
  readonly allocations: number;
  readonly allocationsPerUser: number;
  /** Of clients at one address; an IPv6 address counts by its /64. */
  readonly allocationsPerAddress: number;
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
  readonly tcpConnectionsPerAddress: number;
  /**
   * Seconds that a TCP connection may be without an allocation, and that one message may take to arrive. Looked at once
   * in that time: so it may be twice as long.
   */
  readonly tcpIdle: number;
  /** What a TCP client may leave unread before data for it is dropped. */
  readonly tcpBacklog: number;
}

export const defaultLimits: Limits = {
  allocations: 2000,
  allocationsPerUser: 250,
  allocationsPerAddress: 1000,
  permissionsPerAllocation: 500,
  channelsPerAllocation: 500,
  reservations: 100,
  lastChannel: channelNumbers.last,
  defaultLifetime: 600,
  maxLifetime: 3600,
  permissionLifetime: 300,
  channelLifetime: 600,
  nonceLifetime: 3600,
  tcpConnections: 2000,
  tcpConnectionsPerAddress: 1000,
  tcpIdle: 30,
  tcpBacklog: 1024 * 1024,
};
