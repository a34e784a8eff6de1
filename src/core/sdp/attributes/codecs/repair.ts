/** Codecs that repair others: RTX (RFC 4588), FEC (RFC 5109, RFC 8627; L, D and ToP are those of its drafts). */
import { cite } from '../../../base/cite.ts';
import { free, whole, type CodecDoc } from './parameter.ts';

export const rtx: CodecDoc = {
  id: 'rtx',
  names: ['rtx'],
  rfc: cite('RFC 4588', '8.6'),
  example: '97 apt=96;rtx-time=3000',
  parameters: new Map([
    ['apt', whole(0, 127, (value) => `retransmits packets of payload type ${value}`)],
    ['rtx-time', whole(0, 4294967295, (value) => `packets are kept for ${value} ms`)],
  ]),
};

export const flexfec: CodecDoc = {
  id: 'flexfec',
  names: ['flexfec', 'flexfec-03', 'ulpfec', 'parityfec'],
  rfc: cite('RFC 8627', '5.1'),
  example: '35 repair-window=10000000',
  parameters: new Map([
    ['repair-window', whole(0, Infinity, (value) => `source and repair packets span at most ${value} µs`)],
    ['top', whole(0, 5, (value) => `type of protection ${value}`)],
    ['l', whole(0, 255, (value) => `${value} columns`)],
    ['d', whole(0, 255, (value) => `${value} rows`)],
    ['onelevelonly', free((value) => `one level only: ${value}`)],
  ]),
};
