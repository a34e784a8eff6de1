/**
 * The file that a request names, as segments below the folder that is served: `/assets/app%2D1.js?x` →
 * `['assets', 'app-1.js']`; undefined for what can name none of ours. Nothing is resolved or normalized: a path that would
 * need it (RFC 3986, section 6.2.2.3) is not one that our page asks for.
 */
export function filePath(url: string): readonly string[] | undefined {
  const [path = ''] = url.split(/[?#]/, 1);
  const decoded = decode(path);
  if (decoded === undefined || !decoded.startsWith('/')) return undefined;
  if (decoded === '/') return ['index.html'];
  const segments = decoded.slice(1).split('/');
  return segments.every(isOfOurs) ? segments : undefined;
}

/** Neither empty, nor hidden, nor `..`, nor with what another system takes for a separator, a drive or an end. */
const isOfOurs = (segment: string): boolean =>
  segment !== '' && !segment.startsWith('.') && !/[\u0000-\u001f\u007f\\:]/.test(segment);

/** Each `%` once; undefined where one is no escape, or the bytes are no UTF-8. */
function decode(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}
