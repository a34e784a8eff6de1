/** What a packet says, and why it is as it is: the lesson that goes with the chosen packet and the chosen field. */
import { citeText, sectionUrl } from '../../../core/base/cite.ts';
import type { View } from '../../../core/projections/view.ts';
import type { Field } from '../../../core/stun/field.ts';
import type { Rich } from '../diagram.ts';
import { bandOf, pathTo } from './fields.ts';
import { type Entry, decode, entriesAt, partyText } from './model.ts';

export interface Lesson {
  readonly news: Rich;
  readonly why: string;
  /** `RFC 8489 §14.2`, and where it can be read. */
  readonly rfc: { readonly text: string; readonly url: string } | null;
}

export function lessonOf(view: View, entry: Entry, chosen: Field | null): Lesson {
  const { description } = decode(entry.seen.packet);
  const field = chosen ? bandOf(description.fields, chosen) : null;
  const path = chosen ? pathTo(description.fields, chosen) : [];
  const rfc = path.findLast((one) => one.rfc !== undefined)?.rfc ?? null;
  return {
    news: eventText(view, entry),
    why: (field && WHY[field.name]) ?? chosen?.meaning ?? field?.meaning ?? '',
    rfc: rfc && { text: citeText(rfc), url: sectionUrl(rfc) ?? 'https://www.rfc-editor.org/' },
  };
}

/** The packet in a sentence. */
export function eventText(view: View, entry: Entry): Rich {
  const { gist, from, to } = entry;
  if (gist.inner) return insideNews(entry);
  const tell = NEWS[gist.name.replace(/^(Allocate|Refresh|CreatePermission|ChannelBind) error$/, 'error')];
  if (tell) return tell(entry, view);
  if (gist.role === 'handshake')
    return [
      `${partyText(from)} to ${partyText(to)}: `,
      { strong: gist.name },
      '. The two ends agree on keys.',
    ];
  if (gist.role === 'data')
    return [
      `${partyText(from)} to ${partyText(to)}: `,
      { strong: 'data' },
      ' that only the two ends can read.',
    ];
  return [`${partyText(from)} to ${partyText(to)}: `, { strong: gist.name }, '.'];
}

function insideNews({ gist, from, to }: Entry): Rich {
  const how =
    gist.name === 'ChannelData'
      ? `behind four bytes that name the channel ${gist.value}`
      : `wrapped in a ${gist.name}${gist.value ? `, ${from.kind === 'peer' ? 'for' : 'from'} ${gist.value}` : ''}`;
  return [`${partyText(from)} to ${partyText(to)}, ${how}: `, { strong: gist.inner }, '.'];
}

type Tell = (entry: Entry, view: View) => Rich;

const NEWS: Readonly<Record<string, Tell | undefined>> = {
  'Binding request': ({ gist, from, to }) =>
    gist.isStun
      ? [
          { strong: `${partyText(from)} asks STUN: “Where do you see me?”` },
          ' Twenty bytes, and nothing in them but a number that the answer repeats.',
        ]
      : [
          { strong: `${from.name} asks ${to.name}: “Can you hear me here?”` },
          gist.note.includes('nominates')
            ? ' USE-CANDIDATE adds: let us take this way.'
            : ' A connectivity check, signed with the other side’s password from the description.',
        ],
  'Binding success': (entry, view) => (entry.gist.isStun ? mappedNews(entry, view) : answerNews(entry)),
  'Allocate request': ({ gist, from }) =>
    gist.note === 'with password'
      ? [
          { strong: `${from.name} asks TURN again, signed` },
          ': with the realm and the nonce of the refusal, and its password.',
        ]
      : [
          { strong: `${from.name} asks TURN for an address to be reached at` },
          ', without a password: it does not know yet how to sign.',
        ],
  'Allocate success': ({ gist, to }) => [
    { strong: `TURN lends ${to.name} the address ${gist.value}.` },
    ` What is sent there comes to ${to.name}, from whoever it permits. It becomes ${to.name}’s relay candidate.`,
  ],
  error: (entry, view) => (entry.gist.value.startsWith('401') ? signNews(entry, view) : refusalNews(entry)),
  'CreatePermission request': ({ gist, from }) => [
    { strong: `${from.name} tells TURN whom to let in: ${gist.value}.` },
    ' Anybody else’s packets are thrown away, as a NAT would.',
  ],
  'CreatePermission success': ({ to }) => [
    { strong: `TURN will let it in, to ${to.name}.` },
    ' For five minutes.',
  ],
  'ChannelBind request': ({ gist, from }) => [
    { strong: `${from.name} gives the other side a number: ${gist.value}.` },
    ' From then on four bytes stand for 36.',
  ],
  'ChannelBind success': ({ to }) => [{ strong: `The channel is ${to.name}’s` }, ' for ten minutes.'],
  'Refresh request': ({ gist, from }) => [
    {
      strong: gist.note.startsWith('gives')
        ? `${from.name} gives the address back.`
        : `${from.name} wants to keep the address, ${gist.note}.`,
    },
  ],
  'Refresh success': ({ to }) => [{ strong: `TURN has noted what ${to.name} wants.` }],
};

const refusalNews = ({ gist, to }: Entry): Rich => [`TURN refuses ${to.name}: `, { strong: gist.value }, '.'];

/** The same 401 asks for a signature, or says that it does not fit (RFC 8489, sections 9.2.3 and 9.2.4). */
function signNews({ gist, to }: Entry, view: View): Rich {
  const wasSigned = entriesAt(view).some(
    (other) => other.gist.transaction === gist.transaction && other.gist.note === 'with password',
  );
  return wasSigned
    ? [
        { strong: `TURN refuses ${to.name}: the signature does not fit.` },
        ' Name or password is wrong, and TURN does not say which.',
      ]
    : [
        { strong: `TURN tells ${to.name}: “Say who you are.”` },
        ' That is no fault: the refusal hands out the realm and the nonce that the next request is signed with.',
      ];
}

function mappedNews({ gist, to, seen }: Entry, { whole }: View): Rich {
  const port = gist.value.slice(gist.value.lastIndexOf(':') + 1);
  const isOwn = whole.candidates[seen.peer]?.local.some(
    (candidate) => candidate.type === 'host' && String(candidate.port) === port,
  );
  const after = isOwn
    ? ` The port is ${to.name}’s own: no NAT changed it on this short way. Behind a NAT it would be the outside of the NAT.`
    : ` ${to.name} could not know it by itself, and this one packet makes it ${to.name}’s server reflexive candidate.`;
  return [{ strong: `STUN tells ${to.name}: “I see you as ${gist.value}.”` }, after];
}

const answerNews = ({ gist, from, to }: Entry): Rich => [
  { strong: `${from.name} answers ${to.name}: “I hear you, as ${gist.value}.”` },
  ' So this way works, there and back.',
];

/** Where more can be said than what a field is. */
const WHY: Readonly<Record<string, string | undefined>> = {
  'XOR-MAPPED-ADDRESS':
    'Why mixed with a number? Some routers rewrite every address they find in a packet, also inside the text. XOR with a fixed number hides it from them. It is no secret: anybody can undo it, as above.',
  'XOR-RELAYED-ADDRESS':
    'The address lives on the TURN server. It is mixed with that number like every address in STUN, so that no router on the way rewrites it.',
  'XOR-PEER-ADDRESS': 'The other side, as TURN is to reach it. Scrambled like every address in STUN.',
  'ERROR-CODE':
    'A class and a number, as in HTTP: 401 means sign it, 403 the peer is forbidden, 437 an allocation is missing, or in the way, 438 the nonce is old, 486 too many allocations.',
  'MESSAGE-INTEGRITY':
    'A signature over all bytes before it: HMAC-SHA1 with a key made of the password. The password itself never travels, here or to this page.',
  'MESSAGE-INTEGRITY-SHA256':
    'A signature over all bytes before it: HMAC-SHA256 with a key made of the password. The password itself never travels.',
  FINGERPRINT:
    'A CRC-32 over all bytes before it, so that STUN is told from other protocols on the same port.',
  USERNAME:
    'For TURN the name of the account. In a connectivity check the two ufrags from the descriptions, the receiver’s first: so a packet finds its session.',
  'USE-CANDIDATE':
    'Only the controlling side sends it: with it a check nominates the pair (RFC 8445, section 8.1.1).',
  PRIORITY:
    'Should this check come from an address that nobody told of, the new peer reflexive candidate gets this priority.',
  'ICE-CONTROLLING':
    'The sender believes to be controlling. If both do, the larger of the two random numbers decides.',
  'ICE-CONTROLLED':
    'The sender believes to be controlled. If both do, the larger of the two random numbers decides.',
  NONCE: 'A word that holds for a while: a recorded request can not be sent again later.',
  'STUN header':
    'Every STUN message opens with these twenty bytes: type, length, a fixed cookie, and a number for the transaction.',
};
