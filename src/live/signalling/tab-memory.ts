/**
 * What a tab remembers over a reload. Reading forgets it, since a tab that is opened from this one, or doubled, is given
 * a copy of this memory; leaving the page writes it again.
 */
export function recall(name: string): string | null {
  try {
    const value = sessionStorage.getItem(name);
    sessionStorage.removeItem(name);
    return value;
  } catch {
    return null;
  }
}

export function remember(name: string, value: string): void {
  try {
    sessionStorage.setItem(name, value);
  } catch {
    // Storage is switched off: a reload begins anew.
  }
}
