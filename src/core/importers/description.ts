/** Descriptions and candidates alone, in any wrapping that Inspect reads: offer and answer as one side would apply them. */
import { ok } from '../base/result.ts';
import type { Paste } from '../sdp/paste/paste.ts';
import { readPaste } from '../sdp/read-paste.ts';
import type { NewEvent } from '../session/event.ts';
import { connectionStart, sessionStart } from './events.ts';
import { Descriptions } from './firefox.ts';
import type { Importer, Read } from './importer.ts';

export const description: Importer = {
  id: 'description',
  title: 'SDP or candidates',
  never: ['A description tells what was offered or answered, and nothing of what became of it.'],
  detect({ text }) {
    const paste = readPaste(text);
    return paste.ok && (paste.value.descriptions.length > 0 || paste.value.candidates.length > 0);
  },
  read({ text }) {
    const paste = readPaste(text);
    return paste.ok ? ok(read(paste.value)) : paste;
  },
};

const PEER = 'description';

/** Whose they are is not known: what offers is taken as the own side. */
function read({ descriptions, candidates, notices }: Paste): Read {
  const events: NewEvent[] = [sessionStart(0), ...connectionStart({ id: PEER, at: 0, configuration: {} })];
  const reader = new Descriptions(PEER);
  let at = 0;
  for (const { type, sdp, complete } of descriptions) {
    if (!complete) continue;
    events.push(...reader.set({ at: at++, isLocal: type !== 'answer' && type !== 'pranswer', sdp }));
  }
  const lone = candidates.length > 0 ? candidates : linesOf(descriptions);
  for (const candidate of lone) events.push({ type: 'onicecandidate', peer: PEER, at, value: candidate });
  return { events, lost: ['When it was applied, and by which side, is not known.'], notices };
}

const linesOf = (descriptions: Paste['descriptions']): readonly { readonly candidate: string }[] =>
  descriptions.flatMap(({ sdp, complete }) =>
    complete
      ? []
      : sdp
          .split(/\r?\n/)
          .filter((line) => line !== '')
          .map((line) => ({ candidate: line.replace(/^a=/, '') })),
  );
