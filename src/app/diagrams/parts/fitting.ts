/** Words in the room that there is. */
import { type Label, fit, textWidth } from './labels.ts';

/** The first form that fits; else as much of the last as does. */
export function firstFit(
  forms: readonly string[],
  room: number,
  style: Pick<Label, 'size' | 'mono' | 'bold'>,
): string {
  const whole = forms.find((text) => textWidth({ ...style, text }) <= room);
  return whole ?? fit(forms.at(-1) ?? '', room, style);
}

/** A text in lines of at most `characters` characters; a longer word stands alone. */
export function wrap(text: string, characters: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= characters)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** The words of an empty picture, its first line bold, in the middle of it. */
export function emptyWords(
  [head, ...rest]: readonly [string, ...string[]],
  size: { readonly width: number; readonly height: number },
): Label[] {
  const characters = Math.max(20, Math.floor(Math.min(size.width - 48, 520) / (14 * 0.65)));
  const lines = [...wrap(head, characters - 3), ...rest.flatMap((text) => wrap(text, characters))];
  const bold = wrap(head, characters - 3).length;
  const top = Math.max(30, size.height * 0.45 - lines.length * 11);
  return lines.map((text, at) => ({
    text,
    x: size.width / 2,
    y: top + at * 22,
    size: 14,
    anchor: 'middle',
    bold: at < bold,
    tone: at < bold ? 'ink' : 'ink-2',
  }));
}
