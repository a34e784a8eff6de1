/** Words in the room that there is. */
import { type Label, type TextStyle, fit, textWidth } from './labels.ts';

/** The first form that fits; else as much of the last as does. */
export function firstFit(forms: readonly string[], room: number, style: TextStyle): string {
  const whole = forms.find((text) => textWidth({ ...style, text }) <= room);
  return whole ?? fit(forms.at(-1) ?? '', room, style);
}

/** A text in lines of at most `width` pixels; a longer word stands alone. */
export function wrap(text: string, width: number, style: TextStyle): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const longer = lines.length === 0 ? word : `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && textWidth({ ...style, text: longer }) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/** The words of an empty picture, its first line bold, in the middle of it. */
export function emptyWords(
  [head, ...rest]: readonly [string, ...string[]],
  size: { readonly width: number; readonly height: number },
): Label[] {
  const width = Math.max(180, Math.min(size.width - 48, 520));
  const bold = wrap(head, width, { size: 14, bold: true });
  const lines = [...bold, ...rest.flatMap((text) => wrap(text, width, { size: 14 }))];
  const top = Math.max(30, size.height * 0.45 - lines.length * 11);
  return lines.map((text, at) => ({
    text,
    x: size.width / 2,
    y: top + at * 22,
    size: 14,
    anchor: 'middle',
    bold: at < bold.length,
    tone: at < bold.length ? 'ink' : 'ink-2',
  }));
}
