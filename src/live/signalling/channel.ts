/** A way for messages between two peers. What travels is text; how it travels is the channel's own business. */
export interface Channel {
  /** `in-page`, `broadcast-channel`, …: as events name it. */
  readonly id: string;
  send(text: string): void;
  /** One listener; messages that came before it are handed to it in order. */
  listen(listener: (text: string) => void): void;
  close(): void;
}
