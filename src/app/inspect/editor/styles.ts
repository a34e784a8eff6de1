/**
 * CodeMirror writes its own styles into a `<style>` element, which the page's Content-Security-Policy forbids; in a root
 * without a head it uses adopted style sheets, which are allowed, and stays with what it has used first. So it is shown
 * the document once as if it had no head.
 */
import { EditorView } from '@codemirror/view';

let adopted = false;

export function adoptStyles(): void {
  if (adopted) return;
  adopted = true;
  const headless = new Proxy(document, {
    get: (target, key) => {
      const value: unknown = key === 'head' ? undefined : Reflect.get(target, key, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
    set: (target, key, value) => Reflect.set(target, key, value, target),
  });
  new EditorView({ root: headless }).destroy();
}
