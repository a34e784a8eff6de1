/**
 * What a signalling channel that keeps, loses, copies or mixes messages does to a connection: concluded from the messages
 * and from the states of both sides. RFC 9429, section 3.2; RFC 8445, sections 6.1 and 7.3; RFC 8838; W3C WebRTC.
 */
import type { Facts } from '../projections/index.ts';
import type { Consequence } from './consequence.ts';
import { ofCandidates } from './signalling-candidates.ts';
import { ofDescriptions } from './signalling-descriptions.ts';

export function signallingConsequences(facts: Facts): readonly Consequence[] {
  const messages = facts.messages.toArray();
  const labelOf = (peer: string): string => facts.peers.find(({ id }) => id === peer)?.label ?? peer;
  const scene = { facts, messages, labelOf };
  return [...ofDescriptions(scene), ...ofCandidates(scene)];
}
