/** The few platform names that browsers and Node share and that core may use; everything else stays out. */
interface TextDecoder {
  decode(bytes?: Uint8Array | ArrayBuffer): string;
}
declare const TextDecoder: {
  new (label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean }): TextDecoder;
};
interface TextEncoder {
  encode(text?: string): Uint8Array<ArrayBuffer>;
}
declare const TextEncoder: { new (): TextEncoder };
interface ByteReader {
  read(): Promise<{ readonly done: false; readonly value: Uint8Array } | { readonly done: true }>;
  cancel(): Promise<void>;
}
interface ByteStream {
  pipeThrough(transform: DecompressionStream): ByteStream;
  getReader(): ByteReader;
}
interface DecompressionStream {
  readonly readable: ByteStream;
}
declare const Blob: { new (parts: readonly Uint8Array<ArrayBuffer>[]): { stream(): ByteStream } };
declare const DecompressionStream: { new (format: 'gzip'): DecompressionStream };
