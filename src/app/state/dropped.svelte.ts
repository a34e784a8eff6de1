/** Files that were dropped, or opened where they do not belong, on their way to the page for dumps. */
class Dropped {
  #files: readonly File[] = $state.raw([]);

  take(files: readonly File[]): void {
    this.#files = files;
    location.hash = '#/debug/dump';
  }

  get waiting(): boolean {
    return this.#files.length > 0;
  }

  /** Once: who takes them has them. */
  give(): readonly File[] {
    const files = this.#files;
    this.#files = [];
    return files;
  }
}

export const dropped = new Dropped();
