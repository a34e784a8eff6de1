/**
 * A second address and a second port, for NAT behaviour discovery (RFC 5780 §6): each address listens on each port, so
 * that a client can ask for the answer from another address and port than those it wrote to.
 */
import { isIP } from 'node:net';
import { canonicalAddress, familyOf, type TransportAddress } from '../../core/base/address.ts';
import { bind, type Bound, type ListenAddress, required } from './bind.ts';
import type { Client, Receiver } from './client.ts';
import type { Limits } from './limits.ts';
import type { Way } from './reply.ts';

export interface AlternateAddresses {
  readonly addresses: readonly [string, string];
  readonly ports: readonly [number, number];
}

export interface BoundAlternates extends Bound {
  readonly alternates: AlternateAddresses;
}

/** The second port is the one after `port`, or a free one. Rejects with a one-line Error. */
export async function bindAlternates(
  addresses: readonly ListenAddress[],
  otherHost: string,
  port: number,
  receiver: Receiver,
  limits: Limits,
): Promise<BoundAlternates> {
  const pair = pairOf(addresses, otherHost);
  const others = addresses.filter(({ address }) => address !== pair[1]);
  const first = await bind([...others, required(pair[1])], port, receiver, limits);
  try {
    const second = await bind(pair.map(required), port === 0 ? 0 : port + 1, receiver, limits);
    return {
      ...first,
      udp: [...first.udp, ...second.udp],
      alternates: { addresses: pair, ports: [first.port, second.port] },
      close: async () => void (await Promise.all([first.close(), second.close()])),
    };
  } catch (error) {
    await first.close();
    throw error;
  }
}

function pairOf(addresses: readonly ListenAddress[], otherHost: string): readonly [string, string] {
  const second = canonicalAddress(otherHost);
  if (isIP(otherHost) === 0 || second === undefined)
    throw new Error(`The second address for STUN, ${otherHost}, is not an IP address.`);
  const fits = (address: string) => address !== second && familyOf(address) === familyOf(second);
  const first = addresses.find(({ address }) => fits(address))?.address;
  if (first !== undefined) return [first, second];
  throw new Error(
    `STUN listens on no other ${familyOf(second)} address that ${second} could be the second of.`,
  );
}

/** What OTHER-ADDRESS tells who came in here: the one that differs in both (RFC 5780 §6.1: Ca, Cp). */
export function alternateOf(
  { addresses, ports }: AlternateAddresses,
  { address, port }: TransportAddress,
): TransportAddress | undefined {
  if (!addresses.includes(address) || !ports.includes(port)) return undefined;
  const [here, there] = addresses;
  return { address: address === here ? there : here, port: port === ports[0] ? ports[1] : ports[0] };
}

export function clientAt({ udp }: Bound, { local, remote }: Way): Client | undefined {
  const listener = udp.find((each) => each.local.address === local.address && each.local.port === local.port);
  return listener?.clientAt(remote);
}
