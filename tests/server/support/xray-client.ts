/** A page's end of X-ray, without a page. */
export interface Watched {
  readonly id: string;
  readonly accounts: Readonly<Record<string, { readonly username: string; readonly credential: string }>>;
  /** Lines after the first, as they came. */
  readonly lines: readonly Line[];
  /** All that came, as text. */
  text(): string;
  claim(peer: string, ...ports: number[]): Promise<number>;
  close(): void;
}

export interface Line {
  readonly peer: string;
  readonly missed?: number;
  readonly at: number;
  readonly direction: string;
  readonly transport: string;
  readonly local: string;
  readonly remote: string;
  readonly seenAt: string;
  readonly bytes: string;
}

export const postJson = (url: string, body: unknown, init: RequestInit = {}): Promise<Response> =>
  fetch(url, {
    method: 'POST',
    body: JSON.stringify(body),
    ...init,
    headers: { 'content-type': 'application/json', ...init.headers },
  });

export async function watch(base: string, ...peers: string[]): Promise<Watched> {
  const gone = new AbortController();
  const response = await postJson(`${base}xray`, { peers }, { signal: gone.signal });
  if (!response.ok) throw new Error(`X-ray: ${response.status}`);
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  while (!text.includes('\n')) text += (await reader.read()).value ?? '';
  const hello = JSON.parse(text.split('\n')[0]!) as { xray: string; accounts: Watched['accounts'] };
  const lines: Line[] = [];
  let read = text.indexOf('\n') + 1;
  const take = (): void => {
    for (let end = text.indexOf('\n', read); end >= 0; end = text.indexOf('\n', read)) {
      lines.push(JSON.parse(text.slice(read, end)) as Line);
      read = end + 1;
    }
  };
  take();
  void (async () => {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      text += part.value;
      take();
    }
  })().catch(() => undefined);
  return {
    id: hello.xray,
    accounts: hello.accounts,
    lines,
    text: () => text,
    claim: async (peer, ...ports) =>
      (await postJson(`${base}xray/ports`, { xray: hello.xray, peer, ports })).status,
    close: () => gone.abort(),
  };
}
