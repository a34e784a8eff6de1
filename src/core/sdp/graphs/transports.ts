/** Which sections share which transport: BUNDLE (RFC 9143) or each its own, with what ICE and DTLS say there. */
import { pushTo } from '../../base/push-to.ts';
import {
  inherited,
  sectionsOf,
  type Description,
  type Group,
  type MediaSection,
  type Section,
} from '../structure.ts';

export interface Transport {
  /** The number of the group line; undefined for a section that is alone. */
  readonly group: number | undefined;
  readonly sections: readonly MediaSection[];
  /** Mids that the group names and no section has. */
  readonly missing: readonly string[];
  readonly ufrag: string | undefined;
  readonly fingerprint: string | undefined;
  /** Numbers of the candidate lines by type. */
  readonly candidates: ReadonlyMap<string, readonly number[]>;
  /** Numbers of the lines that speak of it. */
  readonly lines: readonly number[];
}

const OWN = ['candidate', 'ice-ufrag', 'ice-pwd', 'ice-options', 'fingerprint', 'setup'] as const;

/** In the order of their first sections; groups of which no section is left come first. */
export function transportsOf(description: Description): readonly Transport[] {
  const { media, session } = description;
  const groups = description.groups.filter(({ semantics }) => semantics === 'BUNDLE');
  const bundled = new Set(groups.flatMap(({ ids }) => ids));
  const shared = groups.map((group) => transport(session, membersOf(group, description), group));
  const alone = media
    .filter(({ mid }) => mid === undefined || !bundled.has(mid))
    .map((section) => transport(session, [section], undefined));
  return [...shared, ...alone].sort((a, b) => (a.sections[0]?.index ?? -1) - (b.sections[0]?.index ?? -1));
}

const membersOf = ({ ids }: Group, description: Description): readonly MediaSection[] =>
  sectionsOf(description, ids);

function transport(session: Section, sections: readonly MediaSection[], group: Group | undefined): Transport {
  const [first] = sections;
  const mids = new Set(sections.map(({ mid }) => mid));
  const candidates = new Map<string, number[]>();
  for (const section of sections)
    for (const line of section.attributes.get('candidate') ?? []) {
      const type = / typ (\S+)/i.exec(line.value)?.[1] ?? 'unreadable';
      pushTo(candidates, type, line.number);
    }
  const parts = [session, ...sections];
  return {
    group: group?.line.number,
    sections,
    missing: [...new Set(group?.ids)].filter((id) => !mids.has(id)),
    ufrag: first && inherited(first, session, 'ice-ufrag'),
    fingerprint: first && inherited(first, session, 'fingerprint'),
    candidates,
    lines: parts.flatMap((part) =>
      OWN.flatMap((name) => (part.attributes.get(name) ?? []).map(({ number }) => number)),
    ),
  };
}
