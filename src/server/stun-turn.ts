/**
 * The STUN/TURN server (RFC 8489, RFC 8656), for learning and for tests on one machine: every packet can be watched.
 * Not a production relay. Three ways to run it:
 *
 * - on loopback (default): answers this machine, relays to this machine and to public addresses;
 * - on another address of this machine with `thisMachineOnly`: the same, for Firefox, which refuses STUN/TURN servers on
 *   loopback; packets from other machines are dropped unread;
 * - beyond this machine: every address of turn/denied-ranges.ts and of this machine is refused as a peer.
 *
 * With `otherHost` it also answers tests of NAT behaviour (RFC 5780).
 */
import type { TransportAddress } from '../core/base/address.ts';
import { familyOf } from '../core/base/address.ts';
import { Accounts, type Account } from './turn/accounts.ts';
import { Authenticator } from './turn/authenticate.ts';
import { bind, type Bound, isLoopback, listenAddresses, machineAddresses } from './turn/bind.ts';
import {
  bindAlternates,
  type BoundAlternates,
  clientAt,
  type AlternateAddresses,
  alternateOf,
} from './turn/alternate-addresses.ts';
import type { Client } from './turn/client.ts';
import { defaultLimits, type Limits } from './turn/limits.ts';
import { Nonces } from './turn/nonces.ts';
import type { PacketListener } from './turn/packet-tap.ts';
import { peerPolicy } from './turn/peer-policy.ts';
import { type Counters, TurnService } from './turn/service.ts';

export { isLoopback };

export interface StunTurnOptions {
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** A second address of this machine, which listens on `port`; both listen on the port after it, too (see turn/alternate-addresses.ts). */
  readonly otherHost?: string;
  /** Answers this machine only. Default: true on loopback, false elsewhere. */
  readonly thisMachineOnly?: boolean;
  readonly limits?: Partial<Limits>;
  /** Milliseconds from any start; for tests of what expires. */
  readonly now?: () => number;
}

export interface StunTurnServer {
  /** The address as it was asked for; see `addresses`. */
  readonly host: string;
  readonly addresses: readonly string[];
  readonly port: number;
  /** The two addresses and ports for tests of NAT behaviour, where there are two. */
  readonly alternates: AlternateAddresses | undefined;
  readonly username: string;
  readonly credential: string;
  readonly realm: string;
  readonly thisMachineOnly: boolean;
  readonly notices: readonly string[];
  readonly counters: Counters;
  /** How many allocations there are. */
  readonly allocations: number;
  /** Another account, so that the packets of one page can be told from those of another. */
  createAccount(): Account;
  /** An account with a name and a credential of one's own. */
  addAccount(account: Account): void;
  /** Its allocations end with it. */
  removeAccount(username: string): void;
  /** Every packet from now on; returns what ends it. */
  onPacket(listener: PacketListener): () => void;
  close(): Promise<void>;
}

const realm = 'icescope';

/** Milliseconds that never jump, whatever happens to the date. */
const steadyClock = (): number => performance.now();

/** Rejects with a one-line Error that names port and reason. */
export async function startStunTurn(options: StunTurnOptions): Promise<StunTurnServer> {
  const { host = '127.0.0.1', now = steadyClock } = options;
  const limits = { ...defaultLimits, ...options.limits };
  const thisMachineOnly = options.thisMachineOnly ?? isLoopback(host);
  const own = ownAddresses(now);
  const listening: Listening = {};
  const accounts = new Accounts(realm);
  const service = new TurnService({
    authenticator: new Authenticator(accounts, new Nonces(limits.nonceLifetime * 1000), now),
    policy: peerPolicy({
      thisMachineOnly,
      ownAddresses: own,
      isOwnService: (peer) => isService(peer, own, listening),
    }),
    limits,
    now,
    mayAnswer: ({ address }) => !thisMachineOnly || isLoopback(address) || own().has(address),
    relayAddress: (client, family) => relayAddress(client, family, listening.bound?.addresses ?? []),
    otherAddress: (client) => otherAddress(client, listening),
    clientAt: (way) => listening.bound && clientAt(listening.bound, way),
  });
  try {
    const addresses = await listenAddresses(host);
    listening.bound =
      options.otherHost === undefined
        ? await bind(addresses, options.port, service, limits)
        : await bindAlternates(addresses, options.otherHost, options.port, service, limits);
  } catch (error) {
    service.close();
    throw error;
  }
  return running(host, thisMachineOnly, listening.bound, accounts, service);
}

interface Listening {
  bound?: Bound & Partial<BoundAlternates>;
}

function running(
  host: string,
  thisMachineOnly: boolean,
  bound: Bound & Partial<BoundAlternates>,
  accounts: Accounts,
  service: TurnService,
): StunTurnServer {
  let closed: Promise<void> | undefined;
  return {
    host: host === 'localhost' ? '127.0.0.1' : host,
    addresses: bound.addresses,
    port: bound.port,
    alternates: bound.alternates,
    ...accounts.create(),
    realm,
    thisMachineOnly,
    notices: bound.notices,
    counters: service.counters,
    get allocations() {
      return service.allocations.size;
    },
    createAccount: () => accounts.create(),
    addAccount: (account) => accounts.add(account),
    removeAccount: (username) => {
      accounts.remove(username);
      service.removeUser(username);
    },
    onPacket: (listener) => service.tap.listen(listener),
    close: () => {
      service.close();
      closed ??= bound.close();
      return closed;
    },
  };
}

/** This machine's addresses, read anew every few seconds: interfaces come and go. */
function ownAddresses(now: () => number): () => ReadonlySet<string> {
  let [addresses, readAt] = [new Set<string>(), -Infinity];
  return () => {
    if (Math.abs(now() - readAt) > 5000) [addresses, readAt] = [new Set(machineAddresses()), now()];
    return addresses;
  };
}

function isService(peer: TransportAddress, own: () => ReadonlySet<string>, { bound }: Listening): boolean {
  const isPort = peer.port === bound?.port || bound?.alternates?.ports.includes(peer.port) === true;
  return isPort && (isLoopback(peer.address) || own().has(peer.address));
}

/** Over UDP only: over TCP an answer can not come from elsewhere. */
function otherAddress({ transport, local }: Client, { bound }: Listening): TransportAddress | undefined {
  return transport === 'udp' && bound?.alternates ? alternateOf(bound.alternates, local) : undefined;
}

/** The address the client came in by, or one of the other family. */
function relayAddress(
  { local }: Client,
  family: 'IPv4' | 'IPv6',
  addresses: readonly string[],
): string | undefined {
  return [local.address, ...addresses].find((address) => familyOf(address) === family);
}
