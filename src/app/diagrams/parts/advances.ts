/**
 * How far each character of Inter carries the pen, in thousandths of an em, rounded up, so that a layout knows how long
 * a text will be without a browser. `tests/e2e/typeface.spec.ts` holds it against the face that the page loads.
 */

/** The characters from U+0020 to U+007E, weight 400 and weight 600. */
// prettier-ignore
const ASCII = {
  text: [
    282, 288, 466, 634, 642, 982, 645, 300, 365, 365, 501, 662, 289, 460, 289, 361, 631, 407, 610,
    618, 646, 594, 621, 566, 619, 621, 289, 302, 662, 662, 662, 512, 966, 690, 655, 731, 722, 602,
    591, 747, 744, 269, 571, 672, 566, 904, 754, 765, 639, 765, 644, 642, 646, 745, 690, 986, 683,
    679, 629, 365, 361, 365, 472, 457, 323, 562, 613, 572, 613, 584, 371, 614, 592, 243, 243, 549,
    243, 876, 591, 600, 613, 613, 377, 528, 328, 592, 563, 819, 546, 563, 553, 427, 333, 427, 662,
  ],
  bold: [
    252, 322, 523, 644, 651, 1005, 663, 326, 374, 374, 540, 673, 319, 466, 319, 379, 660, 423, 624,
    637, 667, 613, 640, 577, 641, 640, 319, 330, 673, 673, 673, 544, 1000, 728, 660, 737, 723, 606,
    588, 750, 746, 277, 580, 704, 566, 923, 760, 769, 646, 773, 653, 651, 661, 736, 728, 1021, 720,
    714, 653, 374, 379, 374, 482, 470, 352, 575, 625, 583, 625, 592, 389, 626, 613, 262, 262, 570,
    262, 901, 612, 609, 625, 625, 397, 550, 354, 613, 587, 840, 569, 589, 566, 455, 359, 455, 673,
  ],
};

/** Others that our own words use: text, bold. */
// prettier-ignore
const OTHERS: Readonly<Record<string, readonly [text: number, bold: number]>> = {
  '·': [289, 319], '–': [500, 500], '—': [1000, 1000], '…': [865, 957], '×': [662, 673], '÷': [662, 673],
  '−': [662, 673], '±': [662, 673], '‘': [261, 294], '’': [261, 294], '“': [441, 507], '”': [441, 502],
  '„': [421, 480], '§': [569, 569], '°': [456, 459],
};

/** Arrows and the like come from a font of the reader's system; none is known to be wider. */
const SYMBOL = 1000;
/** Neither Inter nor one of ours: a script of its own, or a picture. Colour fonts draw those up to 1.28 em wide. */
const FOREIGN = 1300;

export type Face = 'text' | 'bold' | 'mono';

/** In em. JetBrains Mono advances 0.6 em whatever the character. */
export function advance(character: string, face: Face): number {
  const at = character.charCodeAt(0) - 0x20;
  if (at >= 0 && at < 95) return ascii(at, face);
  const base = at < 0x230 ? character.normalize('NFD').charCodeAt(0) - 0x20 : at;
  if (base >= 0 && base < 95) return ascii(base, face);
  const other = OTHERS[character];
  if (other) return face === 'mono' ? MONO : other[face === 'bold' ? 1 : 0] / 1000;
  return (/[\u2190-\u27bf]/.test(character) ? SYMBOL : FOREIGN) / 1000;
}

const MONO = 0.6;
const ascii = (at: number, face: Face): number => (face === 'mono' ? MONO : ASCII[face][at]! / 1000);
