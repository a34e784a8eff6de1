import { parseServerUrl } from '../../ice/server-url.ts';
import type { Cause } from '../cause.ts';
import { shown } from '../look.ts';
import { isTls, missedRelay, said, turnErrors } from '../turn.ts';

export const turnTls: Cause = {
  id: 'turn-tls',
  verdict: 'The TLS connection to the TURN server could not be made.',
  find(call) {
    if (missedRelay(call).length === 0) return null;
    const errors = turnErrors(call).filter(isTls);
    if (errors.length === 0) return null;
    const plain = turnErrors(call).filter(
      ({ url, errorCode }) => parseServerUrl(url)?.way === 'TCP' && errorCode === 701,
    );
    return {
      confidence: plain.length > 0 ? 'possible' : 'likely',
      message: `turns: failed before the server was asked for anything: its certificate does not fit its name or has ended, or nothing speaks TLS at that port.`,
      evidence: errors.slice(0, 3).flatMap((error) => shown(error.event, `${said(error)}, ${error.url}`)),
      change: {
        who: 'server',
        what: 'Give the server a certificate that browsers trust, for the name in the URL, with its whole chain.',
        code: '# coturn\ntls-listening-port=5349\ncert=/etc/ssl/fullchain.pem\npkey=/etc/ssl/privkey.pem',
      },
      unknown: ['Whether the certificate or the port is at fault: browsers say only that it failed.'],
    };
  },
};
