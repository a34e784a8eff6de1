/** The formats of a media section and which of them serve others: RTX (RFC 4588), RED (RFC 2198), FEC (RFC 5109, 8627). */
import type { SdpLine } from '../lines.ts';
import type { Codec, MediaSection } from '../structure.ts';
import { parseParameters, splitFirst } from '../values.ts';

export interface Format {
  /** Payload type, or the format's name where there are none. */
  readonly id: string;
  /** As the rtpmap says; undefined when nobody says what it is. */
  readonly name: string | undefined;
  /** What tells it from others of its name: `42e01f`, `profile 2`, `port 5000`. */
  readonly detail: string;
  /** The format that it carries, repeats or repairs; undefined for one that stands for itself. */
  readonly serves: string | undefined;
  /** Numbers of the lines that speak of it. */
  readonly lines: readonly number[];
}

export function formatsOf(media: MediaSection): readonly Format[] {
  if (media.sctp) return media.formats.map((id) => dataChannels(media, id));
  const codecs = new Map(media.codecs.map((codec) => [codec.payload, codec]));
  const lines = linesByFormat(media);
  return media.formats.map((id) => {
    const codec = codecs.get(id);
    return {
      id,
      name: codec?.name,
      detail: codec === undefined ? '' : detailOf(codec),
      serves: codec === undefined ? undefined : servedBy(codec, codecs),
      lines: lines.get(id) ?? [media.mLine.number],
    };
  });
}

function dataChannels(media: MediaSection, id: string): Format {
  const lines = ['sctp-port', 'sctpmap', 'max-message-size'].flatMap(
    (name) => media.attributes.get(name) ?? [],
  );
  const port = media.attributes.get('sctp-port')?.[0]?.value.trim() ?? (/^\d+$/.test(id) ? id : undefined);
  return {
    id,
    name: 'SCTP',
    detail: port === undefined ? '' : `port ${port}`,
    serves: undefined,
    lines: lines.length === 0 ? [media.mLine.number] : numbersOf(lines),
  };
}

function linesByFormat(media: MediaSection): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, number[]>();
  for (const name of ['rtpmap', 'fmtp', 'rtcp-fb'])
    for (const line of media.attributes.get(name) ?? []) {
      const [id] = splitFirst(line.value);
      const list = found.get(id);
      if (list === undefined) found.set(id, [line.number]);
      else list.push(line.number);
    }
  return found;
}

const numbersOf = (lines: readonly SdpLine[]): readonly number[] => lines.map(({ number }) => number);

/** RTX names what it repeats in `apt`; RED lists what it carries, `111/111`. */
function servedBy({ name, payload, fmtp }: Codec, codecs: ReadonlyMap<string, Codec>): string | undefined {
  const target = /^rtx$/i.test(name)
    ? parseParameters(fmtp).get('apt')
    : /^red$/i.test(name)
      ? /^(\d+)(?:\/\d+)+$/.exec(fmtp)?.[1]
      : undefined;
  return target !== undefined && target !== payload && codecs.has(target) ? target : undefined;
}

const DETAILS: readonly (readonly [string, (value: string) => string])[] = [
  ['profile-level-id', (value) => value],
  ['packetization-mode', (value) => `mode ${value}`],
  ['profile-id', (value) => `profile ${value}`],
  ['profile', (value) => `profile ${value}`],
  ['level-idx', (value) => `level ${value}`],
  ['rtx-time', (value) => `${value} ms`],
];

function detailOf({ fmtp, channels, clockRate, name }: Codec): string {
  const parameters = parseParameters(fmtp);
  const told = DETAILS.flatMap(([key, say]) => (parameters.has(key) ? [say(parameters.get(key)!)] : []));
  if (told.length > 0 || /^(?:rtx|red|ulpfec|flexfec.*)$/i.test(name)) return told.slice(0, 2).join(', ');
  return clockRate === 90000 ? '' : `${clockRate / 1000} kHz${channels > 1 ? `, ${channels} channels` : ''}`;
}
