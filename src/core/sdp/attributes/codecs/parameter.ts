/** How one codec parameter of an fmtp line is read. One file per codec holds its parameters. */
import { integerIn, isHex, visible } from '../../grammar.ts';
import type { Cite } from '../../../base/cite.ts';

export interface Parameter {
  /** Says the value in words. */
  readonly says: (value: string) => string;
  /** Whether the value follows the grammar; a parameter without this takes any. */
  readonly valid?: (value: string) => boolean;
  /** What a valid value looks like, for the message. */
  readonly expected?: string;
}

export interface CodecDoc {
  /** Lower-case codec names. */
  readonly id: string;
  readonly names: readonly string[];
  readonly rfc: Cite;
  /** By lower-case parameter name. */
  readonly parameters: ReadonlyMap<string, Parameter>;
  /** A value of an fmtp line of this codec. */
  readonly example: string;
}

/** A whole number in a range. */
export const whole = (min: number, max: number, says: (value: string) => string): Parameter => ({
  says,
  valid: (value) => integerIn(value, min, max) !== undefined,
  expected: max === Infinity ? 'a whole number' : `a whole number from ${min} to ${max}`,
});

/** 0 or 1. */
export const bit = (zero: string, one: string): Parameter => ({
  says: (value) => (value === '1' ? one : value === '0' ? zero : `"${visible(value)}" is neither 0 nor 1`),
  valid: (value) => value === '0' || value === '1',
  expected: '0 or 1',
});

/** Hexadecimal digits, as many as given. */
export const hex = (digits: number, says: (value: string) => string): Parameter => ({
  says,
  valid: (value) => value.length === digits && isHex(value),
  expected: `${digits} hexadecimal digits`,
});

/** Any text. */
export const free = (says: (value: string) => string): Parameter => ({ says });
