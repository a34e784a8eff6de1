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
