/** What a request comes to: attributes of a success response, or an error code. */
import type { TransportAddress } from '../../core/base/address.ts';
import { attr, type AttributeValue } from '../../core/stun/attribute.ts';
import { errorCode } from '../../core/stun/attributes/message.ts';
import { errorCodes, type KnownErrorCode } from '../../core/stun/error-codes.ts';

export interface Reply {
  readonly class: 'success' | 'error';
  readonly attributes: readonly AttributeValue[];
  /** From where and to where; left out, back the way that the request came. */
  readonly way?: Way;
}

export interface Way {
  readonly local: TransportAddress;
  readonly remote: TransportAddress;
}

export function grant(...attributes: readonly AttributeValue[]): Reply {
  return { class: 'success', attributes };
}

export function refuse(code: KnownErrorCode, ...attributes: readonly AttributeValue[]): Reply {
  return {
    class: 'error',
    attributes: [attr(errorCode, { code, reason: errorCodes[code].reason }), ...attributes],
  };
}
