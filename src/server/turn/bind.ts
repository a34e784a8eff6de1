/**
 * Which addresses the server listens on, and the sockets there. UDP and TCP share one port on every address.
 *
 * Loopback, the default, takes 127.0.0.1 and ::1. `0.0.0.0` and `::` are taken apart into the machine's addresses, so
 * that a relay leaves by the address its client came in by.
 */
import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { networkInterfaces } from 'node:os';
import { canonicalAddress } from '../../core/base/address.ts';
import { explainListenError } from '../listen-error.ts';
import type { Receiver } from './client.ts';
import type { Limits } from './limits.ts';
import { listenTcp } from './tcp-listener.ts';
import { type Listener, listenUdp, type UdpListener } from './udp-listener.ts';

export interface ListenAddress {
  readonly address: string;
  /** Going without it is no failure: it is said and that is all. */
  readonly optional: boolean;
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(?:\.\d{1,3}){3}$/.test(host);
}

/** The addresses of this machine, link-local ones left out, in their canonical spelling. */
export function machineAddresses(): string[] {
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .map(({ address }) => canonicalAddress(address.split('%', 1)[0]!) ?? address)
    .filter((address) => !address.startsWith('fe80:'));
}

export const isOwnMachine = (address: string): boolean =>
  isLoopback(address) || machineAddresses().includes(address);

export async function listenAddresses(host: string): Promise<ListenAddress[]> {
  if (host === 'localhost' || host === '127.0.0.1') return [required('127.0.0.1'), optional('::1')];
  if (host === '0.0.0.0')
    return machineAddresses()
      .filter((address) => isIP(address) === 4)
      .map(required);
  if (host === '::') return machineAddresses().map(optional);
  if (isIP(host) !== 0) return [required(canonicalAddress(host) ?? host)];
  const found = await lookup(host).catch(() => {
    throw new Error(`No address is known for the name ${host}.`);
  });
  return [required(found.address)];
}

export const required = (address: string): ListenAddress => ({ address, optional: false });
const optional = (address: string): ListenAddress => ({ address, optional: true });

export interface Bound {
  readonly port: number;
  readonly addresses: readonly string[];
  readonly notices: readonly string[];
  readonly udp: readonly UdpListener[];
  close(): Promise<void>;
}

/** Many TCP ports may be in use where UDP's are free: each try takes another one at random. */
const freePortAttempts = 200;

/** Rejects with a one-line Error that names port and reason. */
export async function bind(
  addresses: readonly ListenAddress[],
  port: number,
  receiver: Receiver,
  limits: Limits,
): Promise<Bound> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await bindOnce(addresses, port, receiver, limits);
    } catch (error) {
      const { code } = (error as Error).cause as NodeJS.ErrnoException;
      if (port !== 0 || code !== 'EADDRINUSE') throw error;
      if (attempt === freePortAttempts)
        throw new Error('No port is free for both UDP and TCP.', { cause: error });
    }
  }
}

async function bindOnce(
  addresses: readonly ListenAddress[],
  wishedPort: number,
  receiver: Receiver,
  limits: Limits,
): Promise<Bound> {
  const listeners: Listener[] = [];
  const udp: UdpListener[] = [];
  const [bound, notices]: [string[], string[]] = [[], []];
  const close = async () => void (await Promise.all(listeners.map((listener) => listener.close())));
  let port = wishedPort;
  for (const { address, optional: mayFail } of addresses) {
    try {
      const both = await bindBoth(address, port, receiver, limits);
      listeners.push(both.tcp, both.udp);
      udp.push(both.udp);
      port = both.udp.port;
      bound.push(address);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      const reason = explainListenError(error as NodeJS.ErrnoException, address, port);
      const tryAnother = wishedPort === 0 && code === 'EADDRINUSE';
      if (!mayFail || tryAnother) {
        await close();
        throw new Error(reason, { cause: error });
      }
      notices.push(`${reason} STUN/TURN goes without that address.`);
    }
  }
  if (bound.length === 0) throw new Error(`No address to listen on. ${notices.join(' ')}`);
  return { port, addresses: bound, notices, udp, close };
}

/** UDP, then TCP on the same port. */
async function bindBoth(
  address: string,
  port: number,
  receiver: Receiver,
  limits: Limits,
): Promise<{ udp: UdpListener; tcp: Listener }> {
  const udp = await listenUdp(address, port, receiver);
  try {
    return { udp, tcp: await listenTcp(address, udp.port, receiver, limits) };
  } catch (error) {
    await udp.close();
    throw error;
  }
}
