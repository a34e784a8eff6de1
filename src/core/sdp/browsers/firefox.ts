/** What Firefox refuses, in the order in which it looks. */
import { integerIn, isDigits } from '../grammar.ts';
import { inherited, sectionsOf, type Codec, type Description, type MediaSection } from '../structure.ts';
import { parseExtmap } from '../values.ts';
import { answerDirections } from './directions.ts';
import { readAsFirefox, unknownLine, wordsOf } from './firefox-reading.ts';
import { firefoxSyntax, knownFingerprint } from './firefox-syntax.ts';
import {
  accessError,
  bundleGroups,
  firstOf,
  firstRefusal,
  isLater,
  otherCount,
  syntaxError,
  type Refusal,
  type Remote,
  type Rule,
} from './refusal.ts';

const alive = ({ media }: Description): readonly MediaSection[] => media.filter(({ rejected }) => !rejected);

const bundles: Rule = ({ description }) => {
  const seen = new Set<string>();
  return firstOf(bundleGroups(description), ({ line, ids }) => {
    if (ids.length === 0) return undefined;
    const [tag] = sectionsOf(description, ids.slice(0, 1));
    if (tag === undefined) return accessError(`no section has the mid "${ids[0]}" of the BUNDLE group`, line);
    if (tag.rejected) return accessError('the first section of the BUNDLE group is rejected', line);
    return firstOf(ids, (id) => {
      if (seen.has(id)) return accessError(`"${id}" is in two BUNDLE groups, or twice in one`, line);
      seen.add(id);
      return undefined;
    });
  });
};

/** Sections with a transport of their own. In an offer that is any, as long as it is not bundle-only. */
const ownTransports = ({ description, type }: Remote): readonly MediaSection[] =>
  alive(description).filter(
    (media) => !((type === 'answer' || media.bundleOnly) && isLater(description, media)),
  );

const HAS_RTCP = /\/S?AVPF$/;

const rtcpMux: Rule = ({ description }) =>
  firstOf(alive(description), (media) =>
    HAS_RTCP.test(media.protocol) && !media.attributes.has('rtcp-mux')
      ? accessError('rtcp-mux is needed', media.mLine)
      : undefined,
  );

const transport: Rule = (remote) => firstOf(ownTransports(remote), (media) => judgeTransport(remote, media));

function judgeTransport({ description, type }: Remote, media: MediaSection): Refusal | undefined {
  const { session } = description;
  const ufrag = inherited(media, session, 'ice-ufrag') ?? '';
  const pwd = inherited(media, session, 'ice-pwd') ?? '';
  if (ufrag.length < 4) return accessError('the ICE user name fragment is missing or too short', media.mLine);
  if (pwd.length < 22) return accessError('the ICE password is missing or too short', media.mLine);
  const prints = media.attributes.get('fingerprint') ?? session.attributes.get('fingerprint');
  if (prints === undefined) return accessError('there is no certificate fingerprint', media.mLine);
  if (!prints.some(knownFingerprint))
    return accessError('no hash function of a fingerprint is supported', prints[0]);
  return judgeSetup(type, media, wordsOf(setupOf(media, description) ?? '')[0]?.toLowerCase());
}

const ROLES = ['active', 'passive', 'actpass', 'holdconn'];

/** The first line that says a role. */
const setupOf = (media: MediaSection, { session }: Description): string | undefined =>
  [...(media.attributes.get('setup') ?? []), ...(session.attributes.get('setup') ?? [])].find(({ value }) =>
    ROLES.includes(wordsOf(value)[0]?.toLowerCase() ?? ''),
  )?.value;

function judgeSetup(
  type: Remote['type'],
  media: MediaSection,
  setup: string | undefined,
): Refusal | undefined {
  const line = media.attributes.get('setup')?.[0] ?? media.mLine;
  if (setup === 'holdconn') return accessError('holdconn is not supported', line);
  if (type === 'answer')
    return setup === 'actpass' ? accessError('an answer can not have the role actpass', line) : undefined;
  return setup === undefined ? accessError('an offer needs a=setup', line) : undefined;
}

const credentialsOf = (media: MediaSection, { session }: Description): string =>
  `${inherited(media, session, 'ice-ufrag')} ${inherited(media, session, 'ice-pwd')}`;

/** A section does not change its kind, and its credentials change only in an ICE restart, with all others'. */
const laterSections: Rule = ({ description, offer, inForce }) => {
  if (inForce === undefined) return undefined;
  const { mine, theirs } = inForce;
  if (description.media.length < mine.media.length)
    return accessError('there are fewer sections than before', description.lines.at(-1));
  const restarts = offer?.media.some((media) => {
    const before = mine.media[media.index];
    return (
      before !== undefined &&
      !before.rejected &&
      !media.rejected &&
      credentialsOf(media, offer) !== credentialsOf(before, mine)
    );
  });
  let changed: boolean | undefined;
  return firstOf(theirs.media, (before) => {
    const media = description.media[before.index];
    if (media === undefined || media.rejected || before.rejected) return undefined;
    if (media.kind !== before.kind) return accessError('the section was of another kind before', media.mLine);
    const differs = credentialsOf(media, description) !== credentialsOf(before, theirs);
    if (offer !== undefined && differs && restarts !== true)
      return accessError('the ICE credentials changed, and no ICE restart was offered', media.mLine);
    changed ??= differs;
    return changed === differs
      ? undefined
      : accessError('the ICE credentials changed in some sections only', media.mLine);
  });
};

const extensionsOf = (description: Description): ReadonlyMap<string, string> =>
  new Map(
    description.media
      .flatMap((media) => (media.rejected ? [] : (media.attributes.get('extmap') ?? [])))
      .flatMap((line) => {
        const entry = parseExtmap(line.value);
        return entry === undefined ? [] : [[entry.id, entry.uri] as const];
      }),
  );

/** A number that was agreed for one header extension is not given to another. */
const laterExtensions: Rule = ({ description, inForce }) => {
  if (inForce === undefined) return undefined;
  const [mine, theirs] = [extensionsOf(inForce.mine), extensionsOf(inForce.theirs)];
  return firstOf(description.media, (media) =>
    firstOf(media.attributes.get('extmap') ?? [], (line) => {
      const entry = parseExtmap(line.value);
      const agreed = theirs.get(entry?.id ?? '');
      return entry === undefined ||
        agreed === undefined ||
        agreed === entry.uri ||
        mine.get(entry.id) !== agreed
        ? undefined
        : accessError(`the number ${entry.id} was that of another header extension`, line);
    }),
  );
};

const sameCount: Rule = ({ description, offer }) =>
  offer !== undefined && offer.media.length !== description.media.length
    ? otherCount(description, offer)
    : undefined;

const sameSections: Rule = ({ description, offer }) =>
  firstOf(offer === undefined ? [] : description.media, (media) => {
    const offered = offer!.media[media.index]!;
    if (media.kind !== offered.kind)
      return accessError('the kinds of the sections differ from the offer', media.mLine);
    if (media.rejected) return undefined;
    if (offered.rejected) return accessError('the section was not offered', media.mLine);
    return media.mid === undefined || offered.mid === undefined || media.mid === offered.mid
      ? undefined
      : accessError('the mid differs from the offer', media.attributes.get('mid')?.[0]);
  });

const extensionLines = (media: MediaSection, { session }: Description) =>
  media.attributes.get('extmap') ?? session.attributes.get('extmap') ?? [];

const answeredExtensions: Rule = ({ description, offer }) =>
  firstOf(offer === undefined ? [] : alive(description), (media) => {
    const offered = new Map<string, string>();
    for (const line of extensionLines(offer!.media[media.index]!, offer!)) {
      const entry = parseExtmap(line.value);
      if (entry !== undefined && !offered.has(entry.uri)) offered.set(entry.uri, entry.id);
    }
    return firstOf(extensionLines(media, description), (line) => {
      const entry = parseExtmap(line.value);
      if (entry === undefined || !isDigits(entry.id)) return undefined;
      const id = offered.get(entry.uri);
      if (id === undefined)
        return accessError('the answer has a header extension that was not offered', line);
      return Number(id) === Number(entry.id)
        ? undefined
        : accessError(`the header extension was offered as ${id}`, line);
    });
  });

const commonCodecs: Rule = ({ description, offer }) =>
  firstOf(offer === undefined ? [] : description.media, (media) => {
    if (media.rejected) return undefined;
    return hasCommon(media, offer!.media[media.index]!)
      ? undefined
      : syntaxError('no codec of the answer was offered', media.mLine);
  });

function hasCommon(answered: MediaSection, offered: MediaSection): boolean {
  if (answered.kind === 'application') {
    const port = wordsOf(answered.attributes.get('sctp-port')?.[0]?.value ?? '')[0];
    return (
      integerIn(port ?? '0', 1, 99999) !== undefined ||
      answered.attributes.has('sctpmap') ||
      isDigits(answered.formats[0] ?? '')
    );
  }
  const names = new Set(offered.codecs.map(nameOf));
  return answered.codecs.some((codec) => !REPAIRS.has(codec.name.toLowerCase()) && names.has(nameOf(codec)));
}

/** What protects another codec is none. */
const REPAIRS = new Set(['rtx', 'red', 'ulpfec']);

const nameOf = ({ name, clockRate }: Codec): string => `${name}/${clockRate}`.toLowerCase();

/** Mids that are missing are numbered, past those that are taken. */
function transceiverMids({ media }: Description, before: Description | undefined): ReadonlySet<string> {
  const mids = new Set<string>();
  let count = 0;
  for (const { mid: own, rejected, index } of media) {
    if (rejected) continue;
    const mid = own ?? before?.media[index]?.mid;
    if (mid === undefined) while (mids.has(String(count))) count += 1;
    mids.add(mid ?? String(count));
  }
  return mids;
}

/** Each mid of a group is looked for among the transceivers: an answer to a group that names another fails. */
const missingTransceiver = (mids: ReadonlySet<string>, description: Description): Refusal | undefined =>
  firstOf(bundleGroups(description), ({ line, ids }) => {
    const rejected = new Set(description.media.flatMap((media) => (media.rejected ? (media.mid ?? []) : [])));
    const missing = ids.find((id) => !mids.has(id) && !rejected.has(id));
    return missing === undefined
      ? undefined
      : syntaxError(`there is no section for the bundled mid "${missing}"`, line);
  });

const bundledTransceivers: Rule = ({ description, offer }) =>
  offer === undefined
    ? undefined
    : missingTransceiver(new Set(offer.media.flatMap(({ mid }) => mid ?? [])), description);

const unknownLines: Rule = ({ description }) => {
  const bad = unknownLine(description);
  return bad === undefined ? undefined : syntaxError('the parser does not know this line', bad);
};

const RULES: readonly Rule[] = [
  ...firefoxSyntax,
  laterSections,
  laterExtensions,
  sameCount,
  bundles,
  transport,
  rtcpMux,
  sameSections,
  answerDirections,
  answeredExtensions,
  commonCodecs,
  bundledTransceivers,
];

/** What setRemoteDescription rejects with; undefined when it accepts. */
export const firefoxRefusal = (remote: Remote): Refusal | undefined =>
  unknownLines(remote) ?? firstRefusal(RULES, readAsFirefox(remote));

/** What createAnswer rejects with for an offer that was accepted: Firefox has one transceiver for data only. */
export function firefoxCreateAnswer(remote: Remote): Refusal | undefined {
  const { description } = readAsFirefox(remote);
  const second = alive(description).filter(({ kind }) => kind === 'application')[1];
  return second === undefined
    ? undefined
    : syntaxError('there is a second section for data channels', second.mLine);
}

/** What setLocalDescription rejects with for the answer to an offer that was accepted. */
export function firefoxSetAnswer(remote: Remote): Refusal | undefined {
  const { description, inForce } = readAsFirefox(remote);
  const image = alive(description).find(({ kind }) => kind === 'image');
  if (image !== undefined) return syntaxError('this kind of media is not supported', image.mLine);
  return missingTransceiver(transceiverMids(description, inForce?.mine), description);
}
