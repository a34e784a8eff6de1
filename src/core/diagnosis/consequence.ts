/** What a signalling channel did to a connection, and what it is concluded from. */
import type { Facts } from '../projections/index.ts';
import type { Message } from '../projections/messages.ts';

export interface Consequence {
  /** Unique among those of one session. */
  readonly id: string;
  /** `fail`: it stops the connection, or one way to it. */
  readonly weight: 'fail' | 'note';
  /** What happened. */
  readonly claim: string;
  /** What comes of it. */
  readonly because: string;
  readonly spec: string;
  /** The event of the letter. */
  readonly event: string;
}

export interface Scene {
  readonly facts: Facts;
  readonly messages: readonly Message[];
  /** `A` or `B`. */
  readonly labelOf: (peer: string) => string;
}

export const base = (message: Message, id: string): Pick<Consequence, 'id' | 'event'> => ({
  id: `${id} ${message.id}`,
  event: message.id,
});

export const isDescription = ({ kind }: Message): boolean => kind === 'offer' || kind === 'answer';

export const isCandidate = ({ kind, payload }: Message): boolean =>
  kind === 'candidate' && payload !== null && 'candidate' in payload;
