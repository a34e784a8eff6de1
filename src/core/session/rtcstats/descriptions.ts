/**
 * Descriptions as rtcstats-js writes them: a section that is the same as in an earlier description is a bare `v=` or
 * `m=` (RTCStats file format 3). Which one is the earlier one follows from what was called before, so each connection
 * remembers what it has.
 */
import type { Description } from '../event.ts';

interface Held {
  current: Description | null;
  pending: Description | null;
}

const ofHeld = ({ current, pending }: Held): Description | null => pending ?? current;

export class DescriptionReader {
  readonly #created: Record<string, Description | undefined> = {};
  readonly #local: Held = { current: null, pending: null };
  readonly #remote: Held = { current: null, pending: null };
  #asked: Description | null = null;
  #approximate = false;

  /** Whether a section came from a description that may have had candidates added since. */
  get isApproximate(): boolean {
    return this.#approximate;
  }

  /** What the row says, in full. */
  read(method: string, value: unknown): unknown {
    switch (method) {
      case 'createOfferOnSuccess':
      case 'createAnswerOnSuccess':
        return this.#create(value);
      case 'setLocalDescription':
        return (this.#asked = this.#localAsked(value)) ?? value;
      case 'setLocalDescriptionOnSuccess':
        return this.#settle(this.#local, this.#remote, value);
      case 'setRemoteDescription':
        return (this.#asked = this.#restore(ofHeld(this.#remote), value)) ?? value;
      case 'setRemoteDescriptionOnSuccess':
        return this.#settle(this.#remote, this.#local, value);
      default:
        return value;
    }
  }

  #create(value: unknown): unknown {
    const whole = this.#restore(ofHeld(this.#local), value);
    if (whole) this.#created[whole.type] = whole;
    return whole ?? value;
  }

  #localAsked(value: unknown): Description | null {
    const type = isDescription(value) ? value.type : '';
    return this.#restore(ofHeld(this.#local) ?? this.#created[type] ?? null, value);
  }

  /** W3C WebRTC, section 4.4.1.4: which of the four descriptions one that was set becomes. */
  #settle(own: Held, other: Held, value: unknown): unknown {
    const whole = isDescription(value) ? this.#restore(ofHeld(own), value) : value;
    const set = isDescription(whole) ? whole : this.#asked;
    this.#asked = null;
    if (set === null) return whole;
    if (set.type === 'answer') {
      own.current = set;
      other.current = other.pending ?? other.current;
      own.pending = other.pending = null;
    } else if (set.type === 'rollback') own.pending = other.pending = null;
    else own.pending = set;
    return whole;
  }

  #restore(base: Description | null, value: unknown): Description | null {
    if (!isDescription(value)) return null;
    if (base === null || base.type !== value.type || !value.sdp) return value;
    const sections = sectionsOf(value.sdp);
    const isMarker = (section: string, index: number): boolean => section === (index === 0 ? 'v=' : 'm=');
    if (!sections.some(isMarker)) return value;
    this.#approximate = true;
    const known = sectionsOf(base.sdp);
    const whole = sections.map((section, index) =>
      isMarker(section, index) ? (known[index] ?? section) : section,
    );
    return { ...value, sdp: `${whole.join('\r\n')}\r\n` };
  }
}

const isDescription = (value: unknown): value is Description =>
  typeof value === 'object' &&
  value !== null &&
  typeof (value as Description).type === 'string' &&
  ((value as { readonly sdp?: unknown }).sdp === undefined || typeof (value as Description).sdp === 'string');

/** Without the line ends around them. */
const sectionsOf = (sdp: string): readonly string[] =>
  sdp.split('\nm=').map((section, index) => (index === 0 ? section : `m=${section}`).trim());
