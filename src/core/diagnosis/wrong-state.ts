/** Whether a description was refused for the signalling state, and not for its text (W3C WebRTC, section 4.4.1.4). */
export const isWrongState = ({
  name,
  message,
}: {
  readonly name: string;
  readonly message: string;
}): boolean =>
  name === 'InvalidStateError' ||
  /wrong (?:signaling )?state|in state (?:stable|have-)|InvalidStateError/i.test(message);
