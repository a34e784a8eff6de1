import type { Cite } from '../base/cite.ts';

/**
 * What a stretch of bytes is, in words. A packet is described as a tree of fields; its leaves, in order, cover every
 * byte once.
 */
export interface Field {
  /** The first byte, counted from the start of the datagram. */
  readonly start: number;
  /** One past the last byte. */
  readonly end: number;
  /** As the RFC's figure names it, for example `Message Length`. */
  readonly name: string;
  /** The value for people, for example `192.0.2.1` or `0x2112A442`. */
  readonly value: string;
  /** What the value means, in a sentence. Empty when the value says it all. */
  readonly meaning: string;
  /** For example `RFC 8489 §14.2`. */
  readonly rfc?: Cite;
  readonly children?: readonly Field[];
}

/** A leaf. */
export function field(
  range: readonly [start: number, end: number],
  name: string,
  value: string,
  meaning = '',
): Field {
  return { start: range[0], end: range[1], name, value, meaning };
}

/** The same field, `by` bytes later. */
export function shiftField(shifted: Field, by: number): Field {
  return {
    ...shifted,
    start: shifted.start + by,
    end: shifted.end + by,
    ...(shifted.children && { children: shifted.children.map((child) => shiftField(child, by)) }),
  };
}

/** The fields without children, in order. */
export function leaves(fields: readonly Field[]): Field[] {
  return fields.flatMap((each) => (each.children?.length ? leaves(each.children) : [each]));
}
