const PATTERNS = [
  /^a=ice-(?:ufrag|pwd):(\S+)/gm,
  /^a=fingerprint:\S+ (\S+)/gm,
  /^o=\S+ (\S+)/gm,
  /^o=\S+ \S+ \S+ IN IP[46] (\S+)/gm,
  /^c=IN IP[46] ([^\s/]+)/gm,
  /cname:(\S+)/g,
  /^a=candidate:\S+ \d+ \S+ \d+ (\S+)/gm,
  /raddr (\S+)/g,
  /^a=msid:(\S+)/gm,
  /^a=msid:\S+ (\S+)/gm,
  /^a=ssrc:\d+ (?:msid|mslabel|label):(\S+)/gm,
  /inline:([^|\s]+)/g,
  /^e=(\S+@\S+)/gm,
];

/** Says nothing of anybody: placeholders, and words too short to be told from others. */
const nobodys = (value: string): boolean =>
  value.length < 4 ||
  /^(?:0\.0\.0\.0|127\.0\.0\.1|255\.255\.255\.255|::1?|WMS|x\.x\.x\.x)$/i.test(value) ||
  /^0+$/.test(value);

/**
 * What must not be left of a description after redaction: addresses, credentials, keys, fingerprints, cnames, stream ids,
 * session ids. A value that is also a word of the format (`audio`) can not be looked for.
 */
export function secretsOf(text: string): readonly string[] {
  const found = PATTERNS.flatMap((pattern) => [...text.matchAll(pattern)].map((match) => match[1]!));
  return [...new Set(found)].filter((value) => !nobodys(value) && !/^[a-z]+$/i.test(value));
}
