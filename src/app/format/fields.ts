/** Whether a key or a paste belongs to a field that somebody types in. */
export const isFieldEvent = ({ target }: Event): boolean =>
  target instanceof Element && target.closest('input:not([type=file]), textarea, [contenteditable]') !== null;
