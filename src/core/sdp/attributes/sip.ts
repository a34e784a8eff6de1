/** What SIP endpoints send: preconditions, recording, layers. */
import { visible } from '../grammar.ts';
import { cite } from '../../base/cite.ts';
import { attribute, texts, type AttributeDoc } from './doc.ts';

const QOS = cite('RFC 3312', '4');
const STRENGTHS: ReadonlyMap<string, string> = new Map([
  ['mandatory', 'the call waits for it'],
  ['optional', 'it is tried, and the call does not wait for it'],
  ['none', 'it is not needed'],
  ['failure', 'it was tried and failed'],
  ['unknown', 'it is not known whether it can be done'],
]);
const ENDS: ReadonlyMap<string, string> = new Map([
  ['local', 'at the end of this side'],
  ['remote', 'at the end of the other side'],
  ['e2e', 'from end to end'],
  ['send', 'for what this side sends'],
  ['recv', 'for what this side receives'],
  ['sendrecv', 'in both directions'],
]);

const curr = attribute({
  name: 'curr',
  rfc: QOS,
  example: 'a=curr:qos local none',
  explain: (reader) => {
    const [type, status, direction, ...rest] = reader.words();
    reader.need(type, 'precondition', (name) =>
      name === 'qos' ? 'reserved bandwidth' : `the precondition ${visible(name)}`,
    );
    reader.need(status, 'status', (name) => ENDS.get(name) ?? `at the ${visible(name)} end`);
    reader.need(direction, 'direction', (name) => `there is now: ${visible(name)}`);
    reader.surplus(rest);
    return 'A precondition for the call: how things stand now.';
  },
});

function wanted(name: 'des' | 'conf', sentence: string) {
  return attribute({
    name,
    rfc: QOS,
    example: name === 'des' ? 'a=des:qos mandatory local sendrecv' : 'a=conf:qos remote sendrecv',
    explain: (reader) => {
      const [type, ...words] = reader.words();
      reader.need(type, 'precondition', (value) =>
        value === 'qos' ? 'reserved bandwidth' : `the precondition ${visible(value)}`,
      );
      for (const word of words)
        reader.token(
          word,
          STRENGTHS.has(word.text) ? 'strength' : 'direction',
          STRENGTHS.get(word.text) ?? ENDS.get(word.text) ?? `as ${visible(word.text)}`,
        );
      return sentence;
    },
  });
}

const des = wanted('des', 'A precondition for the call: what is wanted.');
const conf = wanted('conf', 'A precondition for the call: what the other side shall confirm.');

export const sip: readonly AttributeDoc[] = [
  curr,
  des,
  conf,
  ...texts(
    { rfc: cite('RFC 7866', '7'), level: 'both', role: 'recording' },
    { record: ['on', 'The session is being recorded: {}.'] },
  ),
  ...texts(
    { rfc: cite('RFC 7866', '7'), level: 'both', role: 'preference' },
    { recordpref: ['nopreference', 'What this side would like about recording: {}.'] },
  ),
  ...texts(
    { rfc: cite('RFC 5583', '5.2.2'), role: 'dependencies' },
    { depend: ['97 lay L1:96', 'Which layers must be there to decode others: {}.'] },
  ),
];
