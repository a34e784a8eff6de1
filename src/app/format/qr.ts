import encodeQR from 'qr';

export interface QrPicture {
  /** Modules of a side, with four of quiet zone on each (ISO/IEC 18004, section 9.1). */
  readonly size: number;
  /** The dark modules as an SVG path, runs of a row joined. */
  readonly path: string;
}

const QUIET = 4;

/** Error correction M where its modules stay large enough for a camera, else L; null when one code can not hold the text. */
export function qrPicture(text: string): QrPicture | null {
  const modules = tryEncode(text, 'medium', 90) ?? tryEncode(text, 'low', 177);
  if (!modules) return null;
  return { size: modules.length, path: modules.map(rowPath).join('') };
}

function tryEncode(text: string, ecc: 'medium' | 'low', largest: number): boolean[][] | null {
  try {
    const modules = encodeQR(text, 'raw', { ecc, border: QUIET });
    return modules.length - 2 * QUIET <= largest ? modules : null;
  } catch {
    return null;
  }
}

function rowPath(row: readonly boolean[], y: number): string {
  let path = '';
  for (let x = 0; x < row.length; x++) {
    if (!row[x]) continue;
    let end = x;
    while (row[end]) end++;
    path += `M${x} ${y}h${end - x}v1h${x - end}z`;
    x = end;
  }
  return path;
}
