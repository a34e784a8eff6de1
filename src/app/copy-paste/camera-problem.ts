/** Why there is no picture, and what to do: the errors of getUserMedia (W3C Media Capture, section 10.2). */
const WORDS: Readonly<Record<string, string>> = {
  NotAllowedError:
    'The browser may not use it. Allow the camera for this page, beside the address or in the settings of the system, and press “Scan with the camera” again.',
  NotFoundError: 'This device has none, or it is switched off.',
  NotReadableError: 'Another program uses it, or it did not start. Close that program and try again.',
  AbortError: 'It did not start. Try again.',
};

/** Sentences. */
export const cameraProblem = ({ name, message }: Error): string =>
  WORDS[name] ?? `The browser says: ${message.replace(/\.?$/, '.')}`;
