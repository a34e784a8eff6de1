import type { IceServer } from '../../core/ice/server-url.ts';
import type { StageState } from '../stage/stage.svelte.ts';

/** The ICE servers that the connections on a stage were set up with; a dump holds no password. */
export function serversIn({ whole }: StageState): readonly IceServer[] {
  const all = whole.peers.flatMap(({ configuration }) => configuration?.iceServers ?? []);
  const known = new Map(
    all.map(({ urls, username }) => [urls.join(), { urls, ...(username ? { username } : {}) }]),
  );
  return [...known.values()];
}
