import type { Evidence } from '../../core/diagnosis/index.ts';
import type { StageState } from '../stage/stage.svelte.ts';

/** Puts the cursor just behind the event and marks it; a line of a description is marked where it stands. */
export function showEvidence(stage: StageState, { event, line }: Evidence): void {
  const place = stage.session.log.events.findIndex(({ id }) => id === event);
  if (place < 0) return;
  const { peer, type } = stage.session.log.events[place]!;
  stage.player.seekIndex(place + 1);
  if (line === undefined) {
    if (stage.selection?.kind !== 'event' || stage.selection.id !== event)
      stage.select({ kind: 'event', id: event });
    return;
  }
  stage.show('descriptions');
  const id = `${peer}/${type.startsWith('setRemote') ? 'remote' : 'local'}/${line}`;
  if (stage.selection?.id !== id) stage.select({ kind: 'line', id });
}
