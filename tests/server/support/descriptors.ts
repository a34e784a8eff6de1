/** The sockets that a process holds, as the system counts them (Linux). */
import { existsSync, readdirSync, readlinkSync } from 'node:fs';

export const canCountDescriptors = existsSync('/proc/self/fd');

export function openSockets(pid: number | 'self' = 'self'): number {
  const folder = `/proc/${pid}/fd`;
  return readdirSync(folder).filter((fd) => targetOf(`${folder}/${fd}`).startsWith('socket:')).length;
}

/** Empty for a descriptor that was closed while the folder was read. */
function targetOf(link: string): string {
  try {
    return readlinkSync(link);
  } catch {
    return '';
  }
}
