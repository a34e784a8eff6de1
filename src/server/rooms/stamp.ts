/** What a client said, as its opposite gets it: with who said it. */
import type { Said, ServerMessage } from '../../core/signalling/room-messages.ts';
import type { Claim } from './seats.ts';

export const stamped = (from: Claim, said: Extract<Said, { type: 'letter' | 'ack' }>): ServerMessage =>
  said.type === 'ack'
    ? said
    : { type: 'letter', from: from.seat!, stream: from.stream, n: said.n, base: said.base, text: said.text };

/** The same as JSON, without writing the message anew: this is what is done most. The schema let no other fields pass. */
export function stampedJson(from: Claim, { type }: Said, json: string): string | undefined {
  if (type === 'ack') return json;
  return json.startsWith('{"')
    ? `{"from":"${from.seat}","stream":"${from.stream}",${json.slice(1)}`
    : undefined;
}
