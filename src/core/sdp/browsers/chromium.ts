/** What Chromium refuses in setRemoteDescription, in the order in which it looks. */
import { isIceChars } from '../grammar.ts';
import { hashLengths } from '../attributes/dtls.ts';
import { sectionsOf, type Description, type MediaSection } from '../structure.ts';
import { parseExtmap, parseParameters } from '../values.ts';
import { chromiumSyntax } from './chromium-syntax.ts';
import { answerDirections } from './directions.ts';
import {
  accessError,
  bundleGroups,
  firstOf,
  firstRefusal,
  hasFlag,
  otherCount,
  ownTransport,
  syntaxError,
  tagged,
  valueOf,
  withOfferedMids,
  type Refusal,
  type Remote,
  type Rule,
} from './refusal.ts';

const bundleMembers: Rule = ({ description }) => {
  const mids = new Set(description.media.flatMap((media) => media.mid ?? []));
  const seen = new Set<string>();
  return firstOf(bundleGroups(description), ({ line }) =>
    firstOf(line.value.split(' ').slice(1), (id) => {
      if (!mids.has(id) && mids.size > 0)
        return accessError(`no section has the mid "${id}" of the BUNDLE group`, line);
      if (seen.has(id)) return accessError(`"${id}" is in two BUNDLE groups`, line);
      seen.add(id);
      return undefined;
    }),
  );
};

const uniqueMids: Rule = ({ description }) => {
  const seen = new Set<string>();
  return firstOf(description.media, ({ mid, attributes }) => {
    if (mid === undefined) return undefined;
    if (seen.has(mid)) return accessError(`the mid "${mid}" is used twice`, attributes.get('mid')?.[0]);
    seen.add(mid);
    return undefined;
  });
};

const sameSections: Rule = ({ description, offer }) => {
  if (offer === undefined) return undefined;
  if (offer.media.length !== description.media.length) return otherCount(description, offer);
  return firstOf(description.media, (media) => {
    const offered = offer.media[media.index]!;
    const sameMid = media.mid === undefined || media.mid === offered.mid;
    return contentOf(media) === contentOf(offered) && sameMid
      ? undefined
      : accessError('the order of the sections differs from the offer', media.mLine);
  });
};

/** Audio, video, data, or something that is not supported and that only another such thing answers. */
const contentOf = ({ kind, sctp }: MediaSection): string =>
  kind === 'audio' || kind === 'video' ? kind : sctp ? 'data' : 'unsupported';

const rtcpMux: Rule = ({ description }) => {
  const bundled = new Set(bundleGroups(description).flatMap(({ ids }) => ids));
  return firstOf(description.media, (media) => {
    const needed = media.rtp && media.port !== 0 && (media.kind === 'audio' || media.kind === 'video');
    if (!needed || hasFlag(media, 'rtcp-mux')) return undefined;
    const where = media.mid !== undefined && bundled.has(media.mid) ? ' in a BUNDLE group' : '';
    return accessError(`rtcp-mux is needed${where}`, media.mLine);
  });
};

const needed =
  (name: string, what: string): Rule =>
  (remote) =>
    firstOf(tagged(remote), (media) =>
      valueOf(remote, media, name) === undefined
        ? accessError(`there is no ${what}`, media.mLine)
        : undefined,
    );

/** In an offer also the later members of a group need credentials, in an answer only the first. */
const credentials: Rule = (remote) =>
  firstOf(ownTransport(remote), (media) => {
    const ufrag = rawValueOf(remote, media, 'ice-ufrag');
    const pwd = rawValueOf(remote, media, 'ice-pwd');
    if (ufrag.length < 4 || ufrag.length > 256 || pwd.length < 22 || pwd.length > 256)
      return accessError('the length of the ICE credentials is wrong', media.mLine);
    return isIceChars(ufrag) && isIceChars(pwd)
      ? undefined
      : accessError('the ICE credentials have characters that are not allowed', media.mLine);
  });

/** With the spaces around it, which Chromium counts. */
const rawValueOf = ({ description: { session } }: Remote, media: MediaSection, name: string): string =>
  (media.attributes.get(name) ?? session.attributes.get(name))?.[0]?.value ?? '';

const answerDtls: Rule = (remote) => {
  if (remote.type !== 'answer') return undefined;
  return firstOf(tagged(remote), (media) => {
    const setup = valueOf(remote, media, 'setup')?.toLowerCase();
    if (setup === 'actpass' || setup === 'holdconn')
      return accessError(`an answer can not have the role ${setup}`, media.mLine);
    const [hash = '', digest = ''] = (valueOf(remote, media, 'fingerprint') ?? '').split(' ');
    const right = digest.split(':').length === hashLengths.get(hash.toLowerCase());
    return right ? undefined : accessError('the fingerprint has the wrong length', media.mLine);
  });
};

/** Within a section and a BUNDLE group, a number stands for one header extension. */
const extensionCollision: Rule = ({ description }) => {
  const groups = bundleGroups(description).map(({ ids }) => sectionsOf(description, ids));
  return firstOf(groups, collision);
};

function collision(sections: readonly MediaSection[]): Refusal | undefined {
  const uris = new Map<string, string>();
  const lines = sections
    .filter((media) => media.port !== 0 || media.bundleOnly)
    .flatMap((media) => media.attributes.get('extmap') ?? []);
  return firstOf(lines, (line) => {
    const entry = parseExtmap(line.value);
    if (entry === undefined) return undefined;
    const earlier = uris.get(entry.id);
    uris.set(entry.id, entry.uri);
    return earlier !== undefined && earlier !== entry.uri
      ? accessError(`two extensions of the BUNDLE group have the number ${entry.id}`, line)
      : undefined;
  });
}

/** The first member of a BUNDLE group carries the transport: it can not be rejected while others live. */
const rejectedTag: Rule = ({ description, type }) => {
  if (type !== 'answer') return undefined;
  return firstOf(bundleGroups(description), ({ ids }) => {
    const [tag] = sectionsOf(description, ids.slice(0, 1));
    if (tag?.rejected !== true) return undefined;
    const alive = ids
      .flatMap((id) => sectionsOf(description, [id]).slice(0, 1))
      .find(({ rejected }) => !rejected);
    return alive !== undefined
      ? accessError(`the section "${alive.mid}" should be rejected too`, alive.mLine)
      : undefined;
  });
};

const repeatedFid: Rule = ({ description }) =>
  firstOf(description.media, (media) => {
    const sources = new Set((media.attributes.get('ssrc') ?? []).map((line) => line.value.split(' ', 1)[0]));
    const seen = new Set<string>();
    return firstOf(media.attributes.get('ssrc-group') ?? [], (line) => {
      const [semantics, first] = line.value.split(' ');
      if (semantics !== 'FID' || !sources.has(first)) return undefined;
      if (seen.has(line.value)) return accessError('the same sources are grouped twice', line);
      seen.add(line.value);
      return undefined;
    });
  });

const aptTargets: Rule = ({ description }) =>
  firstOf(description.media, (media) =>
    firstOf(media.port === 0 ? [] : media.codecs, (codec) => {
      const apt = codec.name.toLowerCase() === 'rtx' ? parseParameters(codec.fmtp).get('apt') : undefined;
      const known = apt === undefined || media.codecs.some((other) => other.payload === apt);
      return known
        ? undefined
        : accessError(`rtx repairs payload type ${apt}, which is not there`, codec.line);
    }),
  );

const RULES: readonly Rule[] = [
  ...chromiumSyntax,
  uniqueMids,
  bundleMembers,
  needed('fingerprint', 'certificate fingerprint'),
  needed('ice-ufrag', 'ICE user name fragment'),
  needed('ice-pwd', 'ICE password'),
  rtcpMux,
  extensionCollision,
  sameSections,
  rejectedTag,
  credentials,
  answerDtls,
  answerDirections,
  aptTargets,
  repeatedFid,
];

/** What setRemoteDescription rejects with; undefined when it accepts. */
export const chromiumRefusal = (remote: Remote): Refusal | undefined =>
  firstRefusal(RULES, withOfferedMids({ ...remote, description: lastMids(remote.description) }));

/** Of several mids of a section, the last one counts. */
const lastMids = (description: Description): Description => ({
  ...description,
  media: description.media.map((media) => ({
    ...media,
    mid: media.attributes.get('mid')?.at(-1)?.value,
  })),
});

/** What createAnswer rejects with for an offer that was accepted. */
export const chromiumCreateAnswer = (remote: Remote): Refusal | undefined =>
  firstOf(tagged(remote), (media) =>
    valueOf(remote, media, 'setup')?.toLowerCase() === 'holdconn'
      ? syntaxError('no DTLS role can be chosen for holdconn', media.mLine)
      : undefined,
  );
