/**
 * The program of one's own, as it stands after a lesson: two ends in one page, and what each lesson has added to it. It runs
 * when it is pasted into the console of any page.
 */

/** `after`: the number of the lesson that adds it. */
interface Part {
  readonly after: number;
  readonly lines: readonly string[];
}

const PARTS: readonly Part[] = [
  {
    after: 14,
    lines: [
      '// Paste me into the console of any page.',
      'const a = new RTCPeerConnection(), b = new RTCPeerConnection();',
      '',
      '// Perfect negotiation: where two offers meet, the polite one takes its own back.',
      'function negotiate(pc, polite, send) {',
      '  let offering = false, ignoring = false;',
      '  pc.onnegotiationneeded = async () => {',
      '    offering = true;',
      '    await pc.setLocalDescription();',
      '    offering = false;',
      '    send({ description: pc.localDescription });',
      '  };',
      '  pc.onicecandidate = ({ candidate }) => candidate && send({ candidate });',
      '  return async ({ description, candidate }) => {',
      '    if (candidate) return pc.addIceCandidate(candidate).catch((error) => { if (!ignoring) throw error; });',
      "    const meets = description.type === 'offer' && (offering || pc.signalingState !== 'stable');",
      '    ignoring = meets && !polite;',
      '    if (ignoring) return;',
      '    await pc.setRemoteDescription(description);',
      "    if (description.type !== 'offer') return;",
      '    await pc.setLocalDescription();',
      '    send({ description: pc.localDescription });',
      '  };',
      '}',
      'const toA = negotiate(a, false, (message) => setTimeout(() => toB(message), 50));',
      'const toB = negotiate(b, true, (message) => setTimeout(() => toA(message), 50));',
    ],
  },
  {
    after: 15,
    lines: [
      '',
      '// Where no way is left, another one is looked for.',
      'for (const pc of [a, b])',
      "  pc.onconnectionstatechange = () => pc.connectionState === 'failed' && pc.restartIce();",
    ],
  },
  {
    after: 17,
    lines: [
      '',
      '// Which way was taken? Ask for it: await chosen(a)',
      'async function chosen(pc) {',
      '  const stats = [...(await pc.getStats()).values()];',
      "  const pair = stats.find(({ type, nominated }) => type === 'candidate-pair' && nominated);",
      '  return stats.filter(({ id }) => id === pair?.localCandidateId || id === pair?.remoteCandidateId);',
      '}',
    ],
  },
  {
    after: 14,
    lines: [
      '',
      '// Both want to talk, in the same moment.',
      'for (const [name, pc] of [["A", a], ["B", b]]) {',
      '  const channel = pc.createDataChannel(name);',
      '  channel.onopen = () => channel.send(`hi from ${name}`);',
      '  pc.ondatachannel = ({ channel }) => (channel.onmessage = ({ data }) => console.log(name, "reads", data));',
      '}',
    ],
  },
];

/** As it stands after the lesson of that number; '' before it is begun. */
export const ownProgram = (lesson: number): string =>
  PARTS.filter(({ after }) => after <= lesson)
    .flatMap(({ lines }) => lines)
    .join('\n');
