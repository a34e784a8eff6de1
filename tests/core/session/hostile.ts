/** Events of every known type with values that no browser would write. */
import fc from 'fast-check';
import type { NewEvent } from '../../../src/core/session/event.ts';
import { EVENT_TYPES, isKnownType } from '../../../src/core/session/known-types.ts';

const NAMES = [
  ...[
    'type',
    'sdp',
    'candidate',
    'state',
    'label',
    'number',
    'bytes',
    'kind',
    'payload',
    'channel',
    'to',
    'from',
  ],
  ...[
    'iceServers',
    'urls',
    'url',
    'errorCode',
    'address',
    'port',
    'startedAt',
    'place',
    'T',
    '__proto__',
    'constructor',
  ],
];

const words = fc.constantFrom(
  '',
  'stable',
  'gathering',
  'closed',
  'offer',
  'rollback',
  'candidate',
  'candidate:1 1 udp 1 10.0.0.1 9 typ host',
  'candidate:x y z typ typ typ typ typ',
  'transport',
  'candidate-pair',
  'local-candidate',
  '__proto__',
  'a=candidate:\r\na=candidate:1 1 tcp 1 ::1 9 typ relay raddr\r\n',
  'InvalidStateError: no',
);

const leaf = fc.oneof(words, fc.string(), fc.double(), fc.integer(), fc.constant(null), fc.boolean());

const value = fc.letrec((tie) => ({
  node: fc.oneof(
    { maxDepth: 3 },
    leaf,
    fc.dictionary(fc.constantFrom(...NAMES), tie('node'), { maxKeys: 5 }),
    fc.array(tie('node'), { maxLength: 3 }),
  ),
})).node;

/** Objects with the members that known values have: most pass the first look. */
const shaped = fc.record(
  {
    ...Object.fromEntries(
      [
        'type',
        'sdp',
        'candidate',
        'state',
        'label',
        'kind',
        'channel',
        'to',
        'from',
        'url',
        'errorText',
        'place',
      ].map((name) => [name, fc.oneof({ weight: 9, arbitrary: words }, { weight: 1, arbitrary: value })]),
    ),
    ...Object.fromEntries(
      ['number', 'bytes', 'errorCode', 'startedAt', 'port'].map((name) => [
        name,
        fc.oneof({ weight: 9, arbitrary: fc.integer() }, { weight: 1, arbitrary: value }),
      ]),
    ),
    payload: fc.oneof(fc.constant(null), fc.record({ candidate: words }), value),
    P: fc.record({ type: words, state: value, nominated: fc.boolean(), localCandidateId: value }),
  },
  { requiredKeys: [] },
);

const json = fc.oneof(shaped, value).map((each) => JSON.parse(JSON.stringify(each) ?? 'null') as unknown);

export const hostileRow = fc.record({
  method: fc.oneof(fc.constantFrom(...EVENT_TYPES), fc.string()),
  peer: fc.constantFrom('A', 'B', '', '__proto__', 'constructor'),
  at: fc.integer({ min: 0, max: 2000 }),
  value: json,
  correlation: fc.option(fc.constantFrom('1', '2'), { nil: undefined }),
});

/** Events as the codec lets them through. */
export const hostileEvents = fc
  .array(hostileRow, { maxLength: 60 })
  .map((rows): NewEvent[] =>
    rows
      .filter(({ method, peer, value }) => isKnownType(method, value) && !(peer in {}))
      .map(
        ({ method, peer, at, value, correlation }) =>
          ({ type: method, peer, at, value, ...(correlation ? { correlation } : {}) }) as NewEvent,
      ),
  );
