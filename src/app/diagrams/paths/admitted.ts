/** Whom a door has let in: what an end heard through it, the strictest NAT had to let pass (RFC 4787, section 5). */
import { serverKind } from '../../../core/ice/server-url.ts';
import type { Place } from './places.ts';
import type { PathsModel } from './model.ts';

/** `['STUN', 'TURN', 'B']`; TURN also where it carries the other end's packets. What only knocked is not named. */
export function letIn({ side, candidate, keys }: Place, { ends, ways }: PathsModel): readonly string[] {
  const { type, url, address, port } = candidate;
  const told = type !== 'srflx' ? [] : [serverKind(url) ?? 'STUN'];
  const leased = ends[side].relays.some(
    ({ relatedAddress, relatedPort }) => relatedAddress === address && relatedPort === port,
  );
  const heard = ways
    .filter((way) => way.succeededAt !== null && keys.includes(way.ends[side].key))
    .map(({ kind }) => (kind === 'relay' ? 'TURN' : ends[side === 0 ? 1 : 0].label))
    .sort((a, b) => Number(b === 'TURN') - Number(a === 'TURN'));
  return [...new Set([...told, ...(leased ? ['TURN'] : []), ...heard])];
}
