import type { View } from '../../../core/projections/view.ts';
import type { Caption } from '../diagram.ts';
import { rowsOf } from './model.ts';
import { sayRow } from './words.ts';

const NOTHING = 'Nothing is known of transports before the first reading of getStats.';

export function describe(view: View): string {
  const rows = rowsOf(view.facts);
  return rows.length === 0 ? NOTHING : `${rows.map(sayRow).join('. ')}.`;
}

export function caption(view: View): Caption {
  const rows = rowsOf(view.facts).filter(({ facts }) => facts.goneAt === null);
  const shared = rows.find(({ sections }) => (sections?.length ?? 0) > 1);
  if (rows.length === 0) return { text: [NOTHING] };
  const failed = rows.find(({ facts }) => facts.dtlsState === 'failed');
  if (failed)
    return {
      text: [`${failed.peer.label}’s packets have a way, and `, { strong: 'DTLS failed on it' }, '.'],
    };
  if (shared)
    return {
      text: [
        { strong: `${shared.sections!.length} m-lines of ${shared.peer.label} share one 5-tuple` },
        ', one DTLS handshake and one set of keys.',
      ],
    };
  return { text: ['Each transport has one 5-tuple, one DTLS handshake and keys of its own.'] };
}
