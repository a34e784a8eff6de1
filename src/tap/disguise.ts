/**
 * Layers that a page does not notice. A Proxy has the name, the length and the members of what it covers, but not its text:
 * `Function.prototype.toString` gives that of what is covered, its own too.
 */
import { apply, defineProperty, getOwnPropertyDescriptor, ownKeys } from './natives.ts';

const covered = new WeakMap<object, object>();

/** The layer itself, and what its text is from now on. */
export function disguise<T extends object>(layer: T, native: object): T {
  covered.set(layer, native);
  // Firefox makes up a function's name and length when they are first asked for, and lists them in that order.
  ownKeys(native);
  return layer;
}

/** Puts a layer in the place of a member that holds `native`; all else of the member stays as it is. */
export function replace(holder: object, name: PropertyKey, native: object, layer: object): void {
  const descriptor = getOwnPropertyDescriptor(holder, name);
  if (descriptor?.value !== native || !descriptor.configurable) return;
  defineProperty(holder, name, { ...descriptor, value: layer });
}

/** Asked for its text, a tapped page tells of the tap: so that a second one, by another way, leaves it alone. */
const QUESTION = Symbol.for('icescope tap');

/** False where there is a tap already. */
export function takePage(): boolean {
  try {
    if (apply(Function.prototype.toString, QUESTION, []) === 'here') return false;
  } catch {
    // What a page without a tap says of a symbol (ECMA-262, Function.prototype.toString).
  }
  const native = Function.prototype.toString;
  const layer = new Proxy(native, {
    apply: (text, self: unknown, args: unknown[]) =>
      self === QUESTION ? 'here' : apply(text, covered.get(self as object) ?? self, args),
  });
  replace(Function.prototype, 'toString', native, disguise(layer, native));
  return true;
}
