/** What to say, where the browser lends a page no clipboard: on plain http, or when the reader refuses it. */
const BY_HAND = 'The browser does not let the page copy here: mark the text and copy it yourself.';

/** Puts text on the clipboard; '' when that was done, else what to do about it. */
export async function copyText(text: string): Promise<string> {
  try {
    await navigator.clipboard.writeText(text);
    return '';
  } catch {
    return BY_HAND;
  }
}
