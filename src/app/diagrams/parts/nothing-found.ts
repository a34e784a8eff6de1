import { serverKind } from '../../../core/ice/server-url.ts';
import type { Peer } from '../../../core/projections/peers.ts';

/** Why an end that has looked to the end may have no address at all: from what it was made with. */
export function whyNothing({ configuration }: Peer): string {
  if (configuration?.iceTransportPolicy !== 'relay') return 'no address was found';
  const urls = (configuration.iceServers ?? []).flatMap((server) => server.urls ?? []);
  const hasTurn = urls.some((url) => serverKind(url) === 'TURN');
  return hasTurn ? 'TURN gave no address' : 'relay only, but no TURN server';
}
