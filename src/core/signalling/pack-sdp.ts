/** A description in few bytes, and back to the very same text, byte for byte. */
import { Packer, Unpacker } from './pack.ts';
import { TEMPLATES, WORDS } from './sdp-lines.ts';

/** First byte: the text as it is, or its lines by templates. */
const PLAIN = 0;
const LINES = 1;
/** Characters. A description of a browser has some thousands. */
const LARGEST = 1_000_000;

/** Only lines that all end in CRLF are taken apart; any other text is kept as it is. */
export function packSdp(sdp: string): Uint8Array {
  const lines = sdp.split('\r\n');
  const isRegular = lines.at(-1) === '' && lines.every((line) => !/[\r\n]/.test(line));
  const packed = isRegular ? packLines(lines.slice(0, -1)) : null;
  if (packed && unpackSdp(packed) === sdp) return packed;
  const bytes = new TextEncoder().encode(sdp);
  const plain = new Uint8Array(1 + bytes.length);
  plain[0] = PLAIN;
  plain.set(bytes, 1);
  return plain;
}

/** Throws a RangeError for bytes that `packSdp` never writes. */
export function unpackSdp(bytes: Uint8Array): string {
  if (bytes[0] === PLAIN) return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(1));
  if (bytes[0] !== LINES) throw new RangeError('an unknown way of packing');
  const unpacker = new Unpacker(bytes.subarray(1));
  const memory = newMemory();
  let sdp = '';
  while (!unpacker.isDone) {
    sdp += `${unpackLine(unpacker, memory)}\r\n`;
    if (sdp.length > LARGEST) throw new RangeError('a description of more than a million characters');
  }
  return sdp;
}

function packLines(lines: readonly string[]): Uint8Array {
  const packer = new Packer();
  const memory = newMemory();
  packer.raw([LINES]);
  for (const line of lines) packLine(packer, line, memory);
  return packer.bytes;
}

/** Texts that were written, by their number. */
type Memory = string[];
const newMemory = (): Memory => [...WORDS];

function packLine(packer: Packer, line: string, memory: Memory): void {
  for (const { index, pattern, holes } of SPECIFIC_FIRST) {
    const found = pattern.exec(line);
    if (!found) continue;
    packer.number(index);
    holes.forEach((hole, at) => HOLES[hole]!.pack(packer, found[at + 1]!, memory));
    return;
  }
}

function unpackLine(unpacker: Unpacker, memory: Memory): string {
  const form = FORMS[Number(unpacker.number())];
  if (!form) throw new RangeError('an unknown template');
  return form.pieces.reduce((line, piece, at) => {
    const hole = form.holes[at - 1];
    return line + (hole === undefined ? '' : HOLES[hole]!.unpack(unpacker, memory)) + piece;
  }, '');
}

interface Hole {
  readonly pattern: string;
  pack(packer: Packer, text: string, memory: Memory): void;
  unpack(unpacker: Unpacker, memory: Memory): string;
}

/** Written once; later by its number from 1 on. 0 says that it is new. */
function remembered({ pattern, pack, unpack }: Hole): Hole {
  return {
    pattern,
    pack(packer, text, memory) {
      const known = memory.indexOf(text);
      packer.number(known + 1);
      if (known >= 0) return;
      pack(packer, text, memory);
      memory.push(text);
    },
    unpack(unpacker, memory) {
      const number = Number(unpacker.number());
      const text = number > 0 ? memory[number - 1] : unpack(unpacker, memory);
      if (text === undefined) throw new RangeError('a text that was not written');
      if (number === 0) memory.push(text);
      return text;
    },
  };
}

const hexOf = (bytes: Uint8Array): string[] => [...bytes].map((byte) => byte.toString(16).padStart(2, '0'));
const bytesOf = (hex: string): number[] => (hex.match(/../g) ?? []).map((pair) => parseInt(pair, 16));
const TEXT: Hole = {
  pattern: '(.*)',
  pack: (packer, text) => packer.text(text),
  unpack: (unpacker) => unpacker.text(),
};

const ICE_CHARS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

const HOLES: Readonly<Record<string, Hole>> = {
  n: {
    pattern: '(0|[1-9][0-9]{0,18})',
    pack: (packer, text) => packer.number(BigInt(text)),
    unpack: (unpacker) => String(unpacker.number()),
  },
  b: {
    pattern: '([A-Za-z0-9+/]{1,255})',
    pack(packer, text) {
      const bits = [...text].map((char) => ICE_CHARS.indexOf(char).toString(2).padStart(6, '0')).join('');
      packer.number(text.length);
      packer.raw((bits.match(/.{1,8}/g) ?? []).map((byte) => parseInt(byte.padEnd(8, '0'), 2)));
    },
    unpack(unpacker) {
      const length = Number(unpacker.number());
      const bytes = unpacker.raw(Math.ceil((length * 6) / 8));
      const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
      return (bits.match(/.{6}/g) ?? [])
        .slice(0, length)
        .map((six) => ICE_CHARS[parseInt(six, 2)])
        .join('');
    },
  },
  x: {
    pattern: '((?:[0-9a-f]{2}){1,64})',
    pack(packer, text) {
      packer.number(text.length / 2);
      packer.raw(bytesOf(text));
    },
    unpack: (unpacker) => hexOf(unpacker.raw(Number(unpacker.number()))).join(''),
  },
  f: {
    pattern: '((?:[0-9A-F]{2}:){31}[0-9A-F]{2})',
    pack: (packer, text) => packer.raw(bytesOf(text.replaceAll(':', ''))),
    unpack: (unpacker) => hexOf(unpacker.raw(32)).join(':').toUpperCase(),
  },
  u: remembered({
    pattern: '([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})',
    pack: (packer, text) => packer.raw(bytesOf(text.replaceAll('-', ''))),
    unpack: (unpacker) =>
      hexOf(unpacker.raw(16))
        .join('')
        .replace(/(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-'),
  }),
  i: remembered({
    pattern: '((?:(?:0|[1-9][0-9]{0,2})\\.){3}(?:0|[1-9][0-9]{0,2}))',
    pack: (packer, text) => packer.raw(text.split('.').map(Number)),
    unpack: (unpacker) => [...unpacker.raw(4)].join('.'),
  }),
  w: remembered({ ...TEXT, pattern: '([^ ]+)' }),
  t: remembered(TEXT),
};

interface Form {
  readonly index: number;
  readonly pattern: RegExp;
  /** Texts before, between and after the holes. */
  readonly pieces: readonly string[];
  readonly holes: readonly string[];
}

const FORMS: readonly Form[] = TEMPLATES.map((template, index) => {
  const parts = template.split(/\{(.)\}/);
  const pieces = parts.filter((_, at) => at % 2 === 0);
  const holes = parts.filter((_, at) => at % 2 === 1);
  const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
  const body = pieces
    .map((piece, at) => escape(piece) + (holes[at] ? HOLES[holes[at]]!.pattern : ''))
    .join('');
  return { index, pattern: new RegExp(`^${body}$`), pieces, holes };
});

/** `{t}` alone fits every line, so it comes last. */
const SPECIFIC_FIRST: readonly Form[] = [...FORMS.slice(1), FORMS[0]!];
