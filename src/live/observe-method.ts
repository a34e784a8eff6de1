/** A call as it came: `proceed` makes it, with these arguments or others. */
export type Around = (proceed: (args: unknown[]) => unknown, args: unknown[]) => unknown;

/** Puts `around` on a method of one object; gives back how to take it off. */
export type OnMethod = (target: object, name: string, around: Around) => () => void;

type Method = (...args: unknown[]) => unknown;

/** Our layers that nobody needs any more, with what lay below each. */
const retired = new WeakMap<Method, PropertyDescriptor | undefined>();

/**
 * Puts a layer on a method of one object: name, length and text stay, since the layer is a Proxy. Gives back how to
 * take it off, which leaves what others put on before or after as it is.
 */
export function onMethod(target: object, name: string, around: Around): () => void {
  const below = Object.getOwnPropertyDescriptor(target, name);
  const original = (target as Record<string, unknown>)[name];
  if (typeof original !== 'function') return () => {};
  const layer = new Proxy(original as Method, {
    apply(method, self, args: unknown[]) {
      if (self !== target || retired.has(layer)) return method.apply(self, args);
      return around((given) => method.apply(self, given), args);
    },
  });
  Object.defineProperty(target, name, {
    value: layer,
    configurable: true,
    writable: true,
    enumerable: false,
  });
  return () => {
    retired.set(layer, below);
    peel(target, name);
  };
}

/** Takes retired layers off, from the top down to one that is in use or not ours. */
function peel(target: object, name: string): void {
  let top = Object.getOwnPropertyDescriptor(target, name);
  while (top && retired.has(top.value)) {
    const below = retired.get(top.value);
    if (below) Object.defineProperty(target, name, below);
    else Reflect.deleteProperty(target, name);
    top = below;
  }
}
