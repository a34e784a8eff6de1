/** A mark that can be selected answers to Enter and Space like a button (ARIA Authoring Practices, Button Pattern). */
export function onKey(act: () => void): (event: KeyboardEvent) => void {
  return (event) => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    act();
  };
}
