/** When each other server on the bus was heard of last, in ms. */
export class OtherServers {
  readonly #heard = new Map<string, number>();
  readonly #silence: number;

  /** `silence`: a server that says nothing for longer is gone, in ms. */
  constructor(silence: number) {
    this.#silence = silence;
  }

  /** It said something itself. Whether it was unknown. */
  hear(server: string, now: number): boolean {
    const isNew = !this.#heard.has(server);
    this.#heard.set(server, now);
    return isNew;
  }

  /** Somebody spoke of it: that is no sign of life for one that is known. */
  mention(server: string, now: number): void {
    if (!this.#heard.has(server)) this.#heard.set(server, now);
  }

  /** None of them could be heard until now. */
  excuse(now: number): void {
    for (const server of this.#heard.keys()) this.#heard.set(server, now);
  }

  /** Those that have been silent for too long, and are forgotten. */
  takeSilent(now: number): readonly string[] {
    const silent = [...this.#heard].filter(([, heard]) => now - heard > this.#silence);
    for (const [server] of silent) this.#heard.delete(server);
    return silent.map(([server]) => server);
  }
}
