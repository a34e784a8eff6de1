/**
 * What the codec knows of one STUN attribute (RFC 8489 §14). Each stands with its family in attributes/, made with one of
 * the kinds in attribute-kinds.ts, plus a line in attributes/index.ts.
 */
import type { Cite } from '../base/cite.ts';
import type { Result } from '../base/result.ts';
import type { Field } from './field.ts';

export interface AttributeDef<T> {
  /** The name in the RFC, for example `XOR-MAPPED-ADDRESS`. */
  readonly id: string;
  /** Its number; below 0x8000 a receiver must understand it (RFC 8489 §14). */
  readonly type: number;
  /** For example `RFC 8489 §14.2`. */
  readonly rfc: Cite;
  /** What it is for, in a sentence. */
  readonly meaning: string;
  readonly example: T;
  /** The value holds a packet of its own, which a description opens. */
  readonly holdsPacket?: boolean;
  /** The value in few words; left out, the values of its fields say it. */
  show?(value: T): string;
  /** `transactionId`: the twelve bytes that XOR-ed addresses mix in. */
  decode(value: Uint8Array, transactionId: Uint8Array): Result<T>;
  encode(value: T, transactionId: Uint8Array): Uint8Array;
  /** What each byte of a value that `decode` accepts means, counted from its first byte. */
  fields(value: Uint8Array, transactionId: Uint8Array): readonly Field[];
}

/** What an attribute file states; the kind adds the functions. */
export type AttributeFacts<T> = Pick<
  AttributeDef<T>,
  'id' | 'type' | 'rfc' | 'meaning' | 'example' | 'holdsPacket'
>;

/** A definition with a value, ready to be encoded. */
export interface AttributeValue {
  readonly def: AttributeDef<unknown>;
  readonly value: unknown;
}

/** Pairs a definition with a value of its own type. */
export function attr<T>(def: AttributeDef<T>, value: T): AttributeValue {
  return { def, value };
}

/** RFC 8489 §14: a receiver that does not know such an attribute must refuse the message. */
export function isComprehensionRequired(type: number): boolean {
  return type < 0x8000;
}
