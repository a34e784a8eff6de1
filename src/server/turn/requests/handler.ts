/** What every request handler gets and gives. To add a method: a file beside the others, and a line in index.ts. */
import type { TransportAddress } from '../../../core/base/address.ts';
import type { AttributeDef } from '../../../core/stun/attribute.ts';
import type { StunMessage } from '../../../core/stun/message.ts';
import type { AllocationTable } from '../allocation-table.ts';
import type { Client } from '../client.ts';
import type { Limits } from '../limits.ts';
import type { PeerPolicy } from '../peer-policy.ts';
import type { Reply } from '../reply.ts';

export interface TurnRequest {
  readonly message: StunMessage;
  readonly client: Client;
  /** Empty for methods that need no authentication. */
  readonly username: string;
  readonly allocations: AllocationTable;
  readonly policy: PeerPolicy;
  readonly limits: Limits;
  readonly now: number;
  /** The address to relay from, for a family; undefined when the server does not speak it. */
  readonly relayAddress: (family: 'IPv4' | 'IPv6') => string | undefined;
  /** What OTHER-ADDRESS tells this client (RFC 5780 §6.1); undefined where there is nothing to change to. */
  readonly otherAddress: TransportAddress | undefined;
}

export interface RequestHandler {
  /** The method as the RFC names it. */
  readonly id: string;
  readonly method: number;
  readonly authenticated: boolean;
  /** Attributes below 0x8000 that it takes, besides those of authentication; others lead to 420. */
  readonly understands: readonly AttributeDef<unknown>[];
  /** undefined: no answer (the first copy of the same request is still at work). */
  handle(request: TurnRequest): Reply | Promise<Reply | undefined>;
}
