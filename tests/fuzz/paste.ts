/** Pasted texts: descriptions, candidates, JSON, base64, a SIP body, each changed somewhere. */
import { readdirSync, readFileSync } from 'node:fs';
import { attributeDocs } from '../../src/core/sdp/attributes/index.ts';
import { checks } from '../../src/core/sdp/checks/index.ts';
import { diff } from '../../src/core/sdp/diff.ts';
import { inspectForBrowsers } from '../../src/core/sdp/inspect-for-browsers.ts';
import { negotiate } from '../../src/core/sdp/negotiate.ts';
import { readPaste } from '../../src/core/sdp/read-paste.ts';
import { redact } from '../../src/core/sdp/redact.ts';
import { hold, kind } from './fuzz.ts';
import { mutate } from './mutate.ts';

const FOLDER = new URL('../fixtures/sdp/beyond-browsers/', import.meta.url);
const SDP = readdirSync(FOLDER).map((name) => readFileSync(new URL(name, FOLDER), 'utf8'));
const SHORT = [
  ...attributeDocs.all.map(({ example }) => `m=audio 9 UDP/TLS/RTP/SAVPF 96\r\n${example}\r\n`),
  ...checks.all.map(({ example }) => example),
];
const WRAPPED = SDP.slice(0, 4).flatMap((sdp) => [
  JSON.stringify({ type: 'offer', sdp }),
  JSON.stringify(sdp),
  Buffer.from(JSON.stringify({ type: 'answer', sdp })).toString('base64'),
  `INVITE sip:b@example.com SIP/2.0\r\nContent-Type: application/sdp\r\n\r\n${sdp}`,
]);
const CANDIDATES = [
  'candidate:1 1 udp 2122260223 192.0.2.1 50000 typ host\ncandidate:2 1 tcp 1 ::1 9 typ host tcptype active',
];

export const paste = kind('pastes', 500_000, (draw) => {
  // Short ones ten times as often: each of their characters matters, and they cost less.
  const from = draw.below(11) === 0 ? draw.of([SDP, WRAPPED, CANDIDATES]) : SHORT;
  const text = mutate(draw.of(from), draw);
  const read = readPaste(text);
  for (const { sdp, complete } of read.ok ? read.value.descriptions : []) {
    const { lines, readings, findings } = inspectForBrowsers(sdp, { complete });
    hold(lines.map(({ raw, eol }) => raw + eol).join('') === sdp, 'lines are lost');
    hold(readings.length === lines.length, 'a line is not explained');
    for (const { line, start = 0, end = 0 } of findings)
      hold(
        line >= 1 && line <= lines.length && start <= end && end <= lines[line - 1]!.raw.length,
        'a finding is nowhere',
      );
    hold(redact(sdp).split('\n').length === sdp.split('\n').length, 'redact lost a line');
    negotiate(sdp, text);
    diff(text, sdp);
  }
});
