/** What a browser calls itself in a dump. */
import { isObject } from './importer.ts';

/** `Chromium 156`, `Firefox 153`; undefined where nothing says it. `data` is NavigatorUAData, or its brands alone. */
export function browserOf(userAgent: unknown, data: unknown): string | undefined {
  const brands = (Array.isArray(data) ? data : isObject(data) ? data['brands'] : []) as unknown;
  const named = (Array.isArray(brands) ? brands : []).filter(
    (one): one is { readonly brand: string; readonly version: string } =>
      isObject(one) && typeof one['brand'] === 'string' && typeof one['version'] === 'string',
  );
  const brand =
    named.find(({ brand: name }) => !/not.?a.?brand|^chromium$/i.test(name)) ??
    named.find(({ brand: name }) => name === 'Chromium');
  if (brand) return `${brand.brand} ${brand.version.split('.')[0]!}`;
  if (typeof userAgent !== 'string') return undefined;
  const [, name, version] =
    /(Firefox|Edg|OPR|Chrome|Version)\/(\d+)/.exec(
      userAgent.replace(/Chrome\/\S+ (?=.*(?:Edg|OPR)\/)/, ''),
    ) ?? [];
  return name ? `${NAMES.get(name) ?? name} ${version}` : undefined;
}

const NAMES: ReadonlyMap<string, string> = new Map([
  ['Version', 'Safari'],
  ['Edg', 'Edge'],
  ['OPR', 'Opera'],
]);
