import { isPlain, visible } from '../../core/sdp/grammar.ts';

/** A value as it is shown: short enough, and all of it to be seen. */
export function shown(text: string, limit: number): string {
  const cut = text.length > limit ? `${text.slice(0, limit)}…` : text;
  return isPlain(cut) ? cut : visible(cut);
}
