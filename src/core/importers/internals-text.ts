/**
 * The values that chrome://webrtc-internals wrote as text until about Chromium 141, as the JSON that it writes since:
 * `type: offer, sdp: v=0…`, `sdpMid: 0, sdpMLineIndex: 0, candidate: candidate:…`, `url: …\naddress: …`.
 */

/** The value of an entry of `updateLog`; `''` where there is none. */
export function readValue(name: string, text: string): unknown {
  const json = asJson(text);
  if (json !== undefined) return json;
  const bare = name.replace(/^on/i, '').toLowerCase();
  if (/^(?:set(?:local|remote)description(?:onsuccess)?|create(?:offer|answer)onsuccess)$/.test(bare))
    return readDescription(text);
  if (bare === 'icecandidate' || bare === 'addicecandidate') return readCandidate(text);
  if (bare === 'icecandidateerror') return readCandidateError(text);
  if (bare === 'createdatachannel' || bare === 'datachannel') return readChannel(text);
  if (bare === 'createoffer' || bare === 'createanswer') return readOptions(text);
  return text;
}

/** A state is bare or quoted, so a word that happens to be JSON (`null`) is what it says. */
function asJson(text: string): unknown {
  if (!/^(?:[{["]|null$)/.test(text)) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function readDescription(text: string): unknown {
  const [, type, sdp] = /^type: (\w+), sdp: ?([^]*)$/.exec(text) ?? [];
  return type === undefined ? text : { type, sdp };
}

const CANDIDATE =
  /^(?:sdpMid: ?"?(.*?)"?, )?(?:sdpMLineIndex: ?(-?\d+), )?candidate: ?"?(.*?)"?(?:, url: (.*?))?(?:, relayProtocol: (\w+))?$/;

function readCandidate(text: string): unknown {
  const [whole, sdpMid, index, candidate, url, relayProtocol] = CANDIDATE.exec(text) ?? [];
  if (whole === undefined) return text;
  return {
    candidate,
    ...(sdpMid === undefined ? {} : { sdpMid }),
    ...(index === undefined ? {} : { sdpMLineIndex: Number(index) }),
    ...(url === undefined ? {} : { url }),
    ...(relayProtocol === undefined ? {} : { relayProtocol }),
  };
}

function readCandidateError(text: string): unknown {
  const entries = text.split(/\r?\n/).flatMap((line): [string, string][] => {
    const [, name, value] = /^(\w+): ?(.*)$/.exec(line.trim()) ?? [];
    return name === undefined ? [] : [[name, value!]];
  });
  const {
    port,
    error_code: code,
    ...rest
  } = Object.fromEntries(entries) as Record<string, string | undefined>;
  if (code === undefined) return text;
  return { ...rest, ...(port === undefined ? {} : { port: Number(port) }), error_code: Number(code) };
}

/** `label: x, ordered: true, maxRetransmits: 3, protocol: "p", negotiated: false, id: 1`; a label may hold anything. */
function readChannel(text: string): unknown {
  const [, label, rest] = /^label: (.*?), (ordered: (?:true|false).*)$/s.exec(text) ?? [];
  return label === undefined ? text : { label, ...readMembers(rest!) };
}

/** `options: {offerToReceiveVideo: -1, iceRestart: false}`, -1 for one that was not given; `options: {null}`. */
function readOptions(text: string): unknown {
  const [, inner] = /^options: ?\{?,? ?(.*?)\}?$/s.exec(text) ?? [];
  if (inner === undefined) return text;
  if (inner === 'null') return null;
  return Object.fromEntries(Object.entries(readMembers(inner)).filter(([, value]) => value !== -1));
}

function readMembers(text: string): Readonly<Record<string, unknown>> {
  const found = text.matchAll(/\b(\w+): ?("[^"]*"|[^,}]*)/g);
  return Object.fromEntries([...found].map(([, name, value]) => [name!, readMember(value!.trim())]));
}

function readMember(text: string): unknown {
  if (text === 'true' || text === 'false') return text === 'true';
  return /^-?\d+$/.test(text) ? Number(text) : text.replace(/^"(.*)"$/, '$1');
}

/**
 * `rtcConfiguration`, with the servers in one list: `{ iceServers: [stun:a, turn:b], iceTransportPolicy: all,
 * bundlePolicy: balanced, … }`. JSON, or already an object, in other generations.
 */
export function readConfiguration(value: unknown): unknown {
  if (typeof value !== 'string') return value ?? {};
  const json = asJson(value.trim());
  if (json !== undefined) return json;
  const servers = /\b(?:iceServers|servers): ?\[(.*?)\]/s.exec(value)?.[1];
  const rest = readMembers(value.replace(/\b(?:iceServers|servers): ?\[.*?\]/s, ''));
  if (servers === undefined && Object.keys(rest).length === 0)
    return value.trim() === '' ? {} : { text: value };
  const urls = (servers ?? '').split(/[\s,]+/).filter((url) => url !== '');
  return { ...rest, ...(servers === undefined ? {} : { iceServers: urls.map((url) => ({ urls: [url] })) }) };
}
