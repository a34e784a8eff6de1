import { describe, expect, it, test } from 'vitest';
import { readSession, writeSession } from '../../../src/core/session/codec.ts';
import { SessionLog } from '../../../src/core/session/log.ts';

const HEAD = 'RTCStatsDump\n{"fileFormat":3,"startTime":1700000000000}\n';
const SESSION = '[":session",null,{"kind":"loopback","startedAt":1700000000000},1700000000000]\n';

function read(rows: string) {
  const session = readSession(HEAD + rows);
  if (!session.ok) throw new Error(session.error.message);
  return session.value;
}

function saved(rows: string): string {
  const log = new SessionLog();
  for (const event of read(rows).events) log.append(event);
  return writeSession(log.events);
}

describe('a row that no clock could have written is left out, and the file says which', () => {
  test.each([
    ['a time that is Infinity', '["onconnectionstatechange","A","connected",1e400]'],
    ['a time that is -Infinity', '["onconnectionstatechange","A","connected",-1e400]'],
    ['a time before the row before', '["onconnectionstatechange","A","connected",-654.2]'],
    ['a time after thousands of years', '["onconnectionstatechange","A","connected",1e300]'],
    ['a value that is Infinity', '["getStats","A",{"T":{"type":"transport","bytesSent":1e999}},1]'],
    ['no connection', '["onconnectionstatechange",null,"connected",1]'],
    ['an object as connection', '["onconnectionstatechange",{"id":1},"connected",1]'],
    ['a value nested 5,000 deep', `["addStream","A",${'['.repeat(5000)}${']'.repeat(5000)},1]`],
  ])('%s', (_name, row) => {
    const { events, notices } = read(`${SESSION}["close","A",null,2]\n${row}\n["close","B",null,3]\n`);
    expect(notices).toHaveLength(1);
    expect(notices[0]).toMatch(/^Line 5 .* left out\.$/);
    expect(events.map(({ type, at }) => [type, at])).toEqual([
      [':session', 0],
      ['close', 2],
      ['close', 5],
    ]);
  });

  it('also in the first row, where the time is a date', () => {
    const { events, notices } = read('["close","A",null,1e17]\n["close","B",null,1700000000000]\n');
    expect(notices).toHaveLength(1);
    expect(events.map(({ at }) => at)).toEqual([0, 0]);
  });

  it('says how many, not each of ten thousand', () => {
    const { notices } = read(SESSION + '["close","A",null,-1]\n'.repeat(10_000));
    expect(notices).toHaveLength(21);
    expect(notices.at(-1)).toContain('9980 further lines');
  });

  it('says of an event with another value that it is kept and not shown', () => {
    const { notices } = read(`${SESSION}["onicecandidate","A",17,1]\n`);
    expect(notices).toEqual([expect.stringMatching(/^Line 4 .* kept for saving/)]);
    expect(saved(`${SESSION}["onicecandidate","A",17,1]\n`)).toContain('["onicecandidate","A",17,1]');
  });
});

const PASSWORDS = Array.from({ length: 11 }, (_, place) => `t0pS3cret-${place}-zz`);
const [inList, wrongType, asText, asJson, options, nested, doubly, certificate, extra, upper, escaped] =
  PASSWORDS;

const ROWS = [
  `["create","A",{"iceServers":[{"urls":"turn:a","username":"ann","credential":"${inList}"}]},0]`,
  `["create","A",["turn:a",{"credential":"${wrongType}"}],1]`,
  `["create","A","{ iceServers: [turn:a], username: ann, credential: ${asText} }",1]`,
  `["create","A",${JSON.stringify(`{"iceServers":[{"credential":"${asJson}"}]}`)},1]`,
  `["constructorOptions","A",{"optional":[{"password":"${options}"}]},1]`,
  `["create","A",{"servers":[{"of":{"credential":{"macKey":"${nested}"}}}]},1]`,
  `["addStream","A",${JSON.stringify(JSON.stringify({ at: JSON.stringify({ credential: doubly }) }))},1]`,
  `["setConfiguration","A",{"certificates":[{"pem":"${certificate}"}],"iceServers":7},1]`,
  `["identity","A",{},{"turn":{"CREDENTIAL":"${extra}","Password":"${upper}"}},1]`,
  `["create","A",{"iceServers":[],"more":{"cr\\u0065dential":"${escaped}"}},1]`,
];

test('no credential or certificate is kept of an opened file or written to a saved one, however deep it lies', () => {
  const { events } = read(SESSION + ROWS.join('\n'));
  expect(events).toHaveLength(1 + ROWS.length);
  for (const text of [JSON.stringify(events), saved(SESSION + ROWS.join('\n'))])
    expect(PASSWORDS.filter((password) => text.includes(password))).toEqual([]);
  expect(JSON.stringify(events)).toContain('"username":"ann"');
});
