/** What the extension uses of the browser's WebExtensions interface; Firefox knows it by the same name. */
export interface Port {
  readonly onMessage: { addListener(heard: (message: unknown) => void): void };
  readonly onDisconnect: { addListener(heard: () => void): void };
  postMessage(message: unknown): void;
  disconnect(): void;
}

export interface Tab {
  readonly id?: number;
  readonly url?: string;
}

interface ContentScript {
  readonly id: string;
  readonly js: readonly string[];
  readonly matches: readonly string[];
  readonly allFrames: boolean;
  readonly runAt: 'document_start';
  readonly world: 'MAIN' | 'ISOLATED';
  readonly persistAcrossSessions: boolean;
}

export interface Extension {
  readonly action: { readonly onClicked: { addListener(pressed: (tab: Tab) => void): void } };
  readonly permissions: { request(wanted: { readonly origins: readonly string[] }): Promise<boolean> };
  readonly runtime: { connect(options: { readonly name: string }): Port; readonly lastError?: unknown };
  readonly scripting: {
    registerContentScripts(scripts: readonly ContentScript[]): Promise<void>;
    unregisterContentScripts(): Promise<void>;
  };
  readonly tabs: {
    create(options: { readonly url: string }): Promise<Tab>;
    query(options: { readonly url: string }): Promise<readonly Tab[]>;
    update(id: number, options: { readonly active: boolean }): Promise<Tab>;
    reload(id: number): Promise<void>;
  };
}

declare global {
  const chrome: Extension;
}
