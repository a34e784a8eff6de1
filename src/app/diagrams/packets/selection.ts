/** Some bytes of a packet as a selection names them: `A:17@24-32`. */
export const bytesId = (
  event: string,
  { start, end }: { readonly start: number; readonly end: number },
): string => `${event}@${start}-${end}`;

export function readBytesId(
  id: string,
): { readonly event: string; readonly start: number; readonly end: number } | null {
  const [, event, start, end] = /^(.*)@(\d+)-(\d+)$/.exec(id) ?? [];
  return event === undefined ? null : { event, start: Number(start), end: Number(end) };
}
