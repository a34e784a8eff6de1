/** What Chromium refuses, in the order in which it looks: the text, the description, its transports, its media. */
import { isIceChars } from '../grammar.ts';
import { hashLengths } from '../attributes/dtls.ts';
import type { SdpLine } from '../lines.ts';
import { sectionsOf, type Description, type MediaSection } from '../structure.ts';
import { parseExtmap } from '../values.ts';
import { chromiumAnswerMedia, chromiumMedia } from './chromium-media.ts';
import { readAsChromium } from './chromium-reading.ts';
import { chromiumSyntax } from './chromium-syntax.ts';
import { answerDirections } from './directions.ts';
import {
  accessError,
  bundleGroups,
  firstOf,
  firstRefusal,
  groupOf,
  groupsInForce,
  isAudioOrVideo,
  isLater,
  otherCount,
  refuse,
  syntaxError,
  valueOf,
  type Refusal,
  type Remote,
  type Rule,
} from './refusal.ts';

const MOST_MID = 16;

const mids: Rule = ({ description }) => {
  const seen = new Set<string>();
  return firstOf(description.media, ({ mid = '', attributes, mLine }) => {
    const line = attributes.get('mid')?.at(-1) ?? mLine;
    if (mid.length > MOST_MID) return accessError(`the mid is longer than ${MOST_MID} characters`, line);
    if (seen.has(mid)) return accessError(`the mid "${mid}" is used twice`, line);
    seen.add(mid);
    return undefined;
  });
};

/** A section of a group needs this only if it is the first. */
const needed =
  (name: string, what: string): Rule =>
  (remote) =>
    firstOf(remote.description.media, (media) =>
      media.rejected || isLater(remote.description, media) || (valueOf(remote, media, name) ?? '') !== ''
        ? undefined
        : accessError(`there is no ${what}`, media.mLine),
    );

const bundleMembers: Rule = ({ description }) => {
  const known = new Set(description.media.map(({ mid }) => mid));
  const seen = new Set<string>();
  return firstOf(bundleGroups(description), ({ line, ids }) =>
    firstOf(ids, (id) => {
      if (!known.has(id)) return accessError(`no section has the mid "${id}" of the BUNDLE group`, line);
      if (seen.has(id)) return accessError(`"${id}" is in two BUNDLE groups`, line);
      seen.add(id);
      return undefined;
    }),
  );
};

/** Within a BUNDLE group, a number stands for one header extension. */
const extensionCollision: Rule = ({ description }) =>
  firstOf(bundleGroups(description), ({ ids }) => {
    const uris = new Map<string, string>();
    const lines = sectionsOf(description, ids).flatMap((media) => media.attributes.get('extmap') ?? []);
    return firstOf(lines, (line) => {
      const entry = parseExtmap(line.value);
      if (entry === undefined) return undefined;
      const earlier = uris.get(entry.id) ?? entry.uri;
      uris.set(entry.id, earlier);
      return earlier === entry.uri
        ? undefined
        : accessError(`two extensions of the BUNDLE group have the number ${entry.id}`, line);
    });
  });

const extensionsOf = (media: MediaSection | undefined): ReadonlyMap<string, string> =>
  new Map(
    (media?.attributes.get('extmap') ?? []).flatMap((line) => {
      const entry = parseExtmap(line.value);
      return entry === undefined ? [] : [[entry.id, entry.uri] as const];
    }),
  );

/** A number that a section has given to one header extension is not given to another. */
const extensionReassigned: Rule = ({ description, offer, inForce }) => {
  const earlier = offer === undefined ? [inForce?.theirs, inForce?.mine] : [offer];
  return firstOf(
    description.media.filter(({ rejected }) => !rejected),
    (media) => {
      const known = earlier.map((one) =>
        extensionsOf(one && sectionsOf(one, [media.mid ?? '']).find(({ rejected }) => !rejected)),
      );
      return firstOf(media.attributes.get('extmap') ?? [], (line) => {
        const entry = parseExtmap(line.value);
        const before = known.map((uris) => uris.get(entry?.id ?? '')).find((uri) => uri !== undefined);
        return entry === undefined || before === undefined || before === entry.uri
          ? undefined
          : accessError(`the number ${entry.id} was that of another header extension`, line);
      });
    },
  );
};

const bundleRtcpMux: Rule = ({ description }) =>
  firstOf(description.media, (media) =>
    media.rtp &&
    isAudioOrVideo(media) &&
    !media.rejected &&
    groupOf(description, media) &&
    !media.attributes.has('rtcp-mux')
      ? accessError('rtcp-mux is needed in a BUNDLE group', media.mLine)
      : undefined,
  );

const rtcpMux: Rule = ({ description }) =>
  firstOf(description.media, (media) =>
    media.rtp &&
    isAudioOrVideo(media) &&
    !media.rejected &&
    !media.bundleOnly &&
    !media.attributes.has('rtcp-mux')
      ? accessError('rtcp-mux is needed', media.mLine)
      : undefined,
  );

/** Audio, video, data, or something that is not supported and that only another such thing answers. */
const contentOf = ({ kind, sctp }: MediaSection): string =>
  kind === 'audio' || kind === 'video' ? kind : sctp ? 'data' : 'unsupported';

const sameSection = (media: MediaSection, other: MediaSection): boolean =>
  media.mid === other.mid && contentOf(media) === contentOf(other);

const answeredSections: Rule = ({ description, offer }) => {
  if (offer === undefined) return undefined;
  if (offer.media.length !== description.media.length) return otherCount(description, offer);
  return firstOf(description.media, (media) =>
    sameSection(media, offer.media[media.index]!)
      ? undefined
      : accessError('the order of the sections differs from the offer', media.mLine),
  );
};

/** A later offer has the sections of before in their places; one that was rejected may become another. */
const offeredSections: Rule = ({ description, offer, inForce }) => {
  if (offer !== undefined || inForce === undefined) return undefined;
  const { mine, theirs } = inForce;
  if (description.media.length < mine.media.length)
    return accessError('the offer has fewer sections than the one before', description.lines.at(-1));
  return firstOf(mine.media, (before) => {
    const media = description.media[before.index]!;
    const wasRejected = before.rejected || theirs.media[before.index]?.rejected === true;
    return sameSection(media, before) || (wasRejected && !media.rejected)
      ? undefined
      : accessError('the order of the sections differs from the offer before', media.mLine);
  });
};

/** An answer's BUNDLE groups are parts of the offered ones. */
const answeredGroups: Rule = ({ description, offer }) => {
  if (offer === undefined) return undefined;
  return firstOf(bundleGroups(description), ({ line, ids }) => {
    const [tag] = sectionsOf(offer, ids.slice(0, 1));
    const offered = tag && groupOf(offer, tag);
    if (ids.length === 0) return undefined;
    if (offered === undefined) return accessError('the BUNDLE group was not offered', line);
    const names = new Set(offered.ids);
    const stranger = ids.find((id) => !names.has(id));
    return stranger === undefined
      ? undefined
      : accessError(`"${stranger}" was not in the offered BUNDLE group`, line);
  });
};

const keptInGroup: Rule = (remote) => {
  const { description, offer } = remote;
  if (offer === undefined) return undefined;
  const grouped = new Set(bundleGroups(description).flatMap(({ ids }) => ids));
  return firstOf(groupsInForce(remote).flat(), (mid) => {
    const [media] = sectionsOf(description, [mid]);
    return grouped.has(mid) || media?.rejected === true
      ? undefined
      : accessError(`"${mid}" can not leave its BUNDLE group in an answer`, media?.mLine);
  });
};

/** The first member of a group that is agreed carries the transport: it can not be rejected while others live. */
const rejectedTag: Rule = (remote) => {
  const { description, type } = remote;
  const groups = type === 'answer' ? bundleGroups(description).map(({ ids }) => ids) : groupsInForce(remote);
  return firstOf(groups, (ids) => {
    const members = ids.map((id) => sectionsOf(description, [id])[0]);
    const alive = members.find((media) => media !== undefined && !media.rejected);
    return members[0]?.rejected === true && alive !== undefined
      ? accessError(`the section "${alive.mid}" should be rejected too`, alive.mLine)
      : undefined;
  });
};

/** Sections with a transport of their own: in an offer each may get one, but for those that are in a group already. */
function ownTransports(remote: Remote): readonly MediaSection[] {
  const { description, type } = remote;
  const later = new Set(
    type === 'answer'
      ? bundleGroups(description).flatMap(({ ids }) => ids.slice(1))
      : groupsInForce(remote).flatMap((ids) => ids.slice(1)),
  );
  return description.media.filter(({ rejected, mid }) => !rejected && !later.has(mid ?? ''));
}

const LENGTHS = { 'ice-ufrag': [4, 256], 'ice-pwd': [22, 256] } as const;

const credentials: Rule = (remote) =>
  firstOf(ownTransports(remote), (media) => {
    for (const name of ['ice-ufrag', 'ice-pwd'] as const) {
      const line = lastLine(remote, media, name);
      const value = line?.value ?? '';
      const [least, most] = LENGTHS[name];
      if (value.length < least || value.length > most)
        return accessError('the length of the ICE credentials is wrong', line ?? media.mLine);
      if (!value.split('').every((char) => isIceChars(char) || '-_='.includes(char)))
        return accessError('the ICE credentials have characters that are not allowed', line ?? media.mLine);
    }
    return undefined;
  });

/** Of several lines the last one counts. */
const lastLine = (
  { description: { session } }: Remote,
  media: MediaSection,
  name: string,
): SdpLine | undefined => (media.attributes.get(name) ?? session.attributes.get(name))?.at(-1);

/** A digest that is in force already is not looked at again. */
const hasWholeFingerprint = (remote: Remote, media: MediaSection): boolean => {
  const [hash = '', digest = ''] = lastLine(remote, media, 'fingerprint')?.value.split(' ') ?? [];
  const theirs = remote.inForce?.theirs;
  const before = theirs?.media[media.index];
  const known = before && lastLine({ ...remote, description: theirs! }, before, 'fingerprint');
  return (
    digest.split(':').length === hashLengths.get(hash.toLowerCase()) || known?.value.split(' ')[1] === digest
  );
};

/** The role that the line of a section, or the session's, gives. */
const roleOf = (remote: Remote, media: MediaSection): string | undefined =>
  lastLine(remote, media, 'setup')?.value.toLowerCase();

const answerDtls: Rule = (remote) => {
  const { offer, description } = remote;
  if (offer === undefined) return undefined;
  return firstOf(ownTransports(remote), (media) => {
    const role = roleOf(remote, media);
    if (role === 'actpass' || role === 'holdconn')
      return accessError(`an answer can not have the role ${role}`, lastLine(remote, media, 'setup'));
    const offered = offer.media[media.index];
    const mine = offered && roleOf({ ...remote, description: offer }, offered);
    if (mine === role && (role === 'active' || role === 'passive'))
      return accessError(`both sides have the role ${role}`, lastLine(remote, media, 'setup'));
    const before = roleInForce(remote, media);
    if (before !== undefined && before !== role && (role === 'active' || role === 'passive'))
      return accessError(`the role in force is ${before}`, lastLine(remote, media, 'setup'));
    return hasWholeFingerprint({ ...remote, description }, media)
      ? undefined
      : accessError('the fingerprint has the wrong length', lastLine(remote, media, 'fingerprint'));
  });
};

/** Members of a BUNDLE group encrypt their header extensions all, or none: RFC 9335 section 4. */
const sameCryptex: Rule = ({ description }) =>
  firstOf(bundleGroups(description), ({ ids }) => {
    const members = sectionsOf(description, ids).filter((media) => isAudioOrVideo(media) && !media.rejected);
    const other = members.find(
      ({ attributes }) => attributes.has('cryptex') !== members[0]!.attributes.has('cryptex'),
    );
    return other === undefined
      ? undefined
      : accessError('a=cryptex is not in all sections of the BUNDLE group', other.mLine);
  });

const RULES: readonly Rule[] = [
  ...chromiumSyntax,
  mids,
  needed('fingerprint', 'certificate fingerprint'),
  needed('ice-ufrag', 'ICE user name fragment'),
  needed('ice-pwd', 'ICE password'),
  bundleMembers,
  extensionCollision,
  extensionReassigned,
  bundleRtcpMux,
  sameCryptex,
  answeredSections,
  offeredSections,
  ...chromiumMedia.description,
  answeredGroups,
  keptInGroup,
  rejectedTag,
  rtcpMux,
  credentials,
  answerDtls,
  answerDirections,
  ...chromiumMedia.channels,
];

/** What setRemoteDescription rejects with; undefined when it accepts. */
export const chromiumRefusal = (remote: Remote): Refusal | undefined =>
  firstRefusal(RULES, readAsChromium(remote));

/** What createAnswer rejects with for an offer that was accepted. */
export function chromiumCreateAnswer(offered: Remote): Refusal | undefined {
  const remote = readAsChromium(offered);
  const held = remote.description.media.find(
    (media) => !media.rejected && roleOf(remote, media) === 'holdconn',
  );
  if (held !== undefined)
    return syntaxError('no DTLS role can be chosen for holdconn', lastLine(remote, held, 'setup'));
  return chromiumAnswerMedia(remote.description);
}

/** What setLocalDescription rejects with for the answer to an offer that was accepted. */
export function chromiumSetAnswer(offered: Remote): Refusal | undefined {
  const remote = readAsChromium(offered);
  const { description } = remote;
  return (
    firstOf(description.media, (media) => {
      if (media.rejected || followsAnother(description, media)) return undefined;
      if (!hasWholeFingerprint(remote, media))
        return syntaxError('the fingerprint has the wrong length', lastLine(remote, media, 'fingerprint'));
      return changedRole(remote, media);
    }) ??
    leftGroup(remote) ??
    sharedSource(description)
  );
}

/** Whether a section uses the transport of an earlier member of its group: the first that is not rejected brings it. */
function followsAnother(description: Description, media: MediaSection): boolean {
  const ids = groupOf(description, media)?.ids ?? [];
  const first = ids.find((id) => sectionsOf(description, [id])[0]?.rejected === false);
  return first !== undefined && first !== media.mid;
}

/** A later offer gives a role other than actpass only if it is the one in force. */
function changedRole(remote: Remote, media: MediaSection): Refusal | undefined {
  const role = roleOf(remote, media);
  if (remote.inForce === undefined || (role !== 'active' && role !== 'passive')) return undefined;
  const before = roleInForce(remote, media);
  return before === undefined || before === role
    ? undefined
    : refuse('OperationError', `the role in force is ${before}`, lastLine(remote, media, 'setup'));
}

/** The peer's role: its own word in an answer, or the opposite of what was answered to it. */
function roleInForce({ inForce, ...remote }: Remote, { index }: MediaSection): string | undefined {
  const of = (description: Description | undefined): string | undefined => {
    const media = description?.media[index];
    return media && roleOf({ ...remote, description: description! }, media);
  };
  const [theirs, mine] = [of(inForce?.theirs), of(inForce?.mine)];
  if (theirs === 'active' || theirs === 'passive') return theirs;
  return mine === 'active' ? 'passive' : mine === 'passive' ? 'active' : undefined;
}

/** An offer that leaves a section out of its group is answered without it, and an answer can not do that. */
function leftGroup(remote: Remote): Refusal | undefined {
  const grouped = new Set(bundleGroups(remote.description).flatMap(({ ids }) => ids));
  return firstOf(groupsInForce(remote).flat(), (mid) => {
    const [media] = sectionsOf(remote.description, [mid]);
    return grouped.has(mid) || media === undefined || media.rejected || media.bundleOnly
      ? undefined
      : syntaxError(`"${mid}" is in a BUNDLE group already`, media.mLine);
  });
}

/** With one transport, a source belongs to one section. */
function sharedSource(description: Description): Refusal | undefined {
  return firstOf(bundleGroups(description), ({ ids }) => {
    const owners = new Map<string, string>();
    return firstOf(
      sectionsOf(description, ids).filter((media) => isAudioOrVideo(media) && !media.rejected),
      (media) =>
        firstOf(media.attributes.get('ssrc') ?? [], (line) => {
          const [source = ''] = line.value.split(' ');
          const owner = owners.get(source) ?? media.mid!;
          owners.set(source, owner);
          return owner === media.mid
            ? undefined
            : syntaxError(`the source ${source} is in two sections`, line);
        }),
    );
  });
}
