import type { Attachment } from 'svelte/attachments';

/**
 * When what has the focus gives place to something else, the focus goes to the beginning of what came, and not to the
 * top of the page; from a radio button to the one that is chosen now.
 */
export const keepFocus: Attachment<HTMLElement> = (node) => {
  let last: Element | null = null;
  const follow = ({ target }: FocusEvent): void => {
    if (target !== node) last = target instanceof Element && node.contains(target) ? target : null;
  };
  const observer = new MutationObserver(() => {
    const { activeElement } = document;
    if (!last || last.isConnected || (activeElement !== document.body && activeElement !== node)) return;
    const next = last.matches('[type=radio]')
      ? node.querySelector<HTMLElement>('[type=radio]:checked')
      : null;
    (next ?? node).focus({ preventScroll: true });
  });
  document.addEventListener('focusin', follow);
  observer.observe(node, { childList: true, subtree: true });
  return () => {
    document.removeEventListener('focusin', follow);
    observer.disconnect();
  };
};
