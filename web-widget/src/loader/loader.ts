import { storageKey, type Listener, type PanelContext, type PanelHandle, type WidgetEvent } from '../contract';
import { createLauncher } from './launcher';
import { scriptsOf } from './scripts';

interface Api {
  (command: string, ...values: unknown[]): unknown;
  /** Commands that the page gave before this script ran. */
  q?: ArrayLike<unknown>[];
  loaded?: true;
}

declare global {
  interface Window {
    SupportBot?: Api;
  }
}

/** A conversation this fresh is listened to on the next page as well, for the badge. */
const recentMs = 3_600_000;

function start(script: HTMLScriptElement): void {
  const { site = '', theme } = script.dataset;
  const server = new URL('.', script.src).href;
  const launcher = createLauncher(theme);
  const { button, host } = launcher;
  const listeners: [WidgetEvent, Listener][] = [];
  const emit = (event: WidgetEvent, detail: number): void =>
    listeners.forEach(([wanted, listener]) => wanted === event && listener(detail));

  const run = scriptsOf(`${server}widget/`, script.nonce ?? '');
  const context: PanelContext = { ...script.dataset, ...launcher, launcher: button, site, server, load: run, emit };

  let panel: Promise<PanelHandle> | undefined;
  const load = (): Promise<PanelHandle> =>
    (panel ??= run(__PANEL_FILE__)
      .then(() => window.SupportBotPanel.mount(context))
      .catch((reason: unknown) => {
        // Forgotten, so that the next click tries again.
        panel = undefined;
        throw reason;
      }));
  const use = (act: (panel: PanelHandle) => void): void => {
    button.ariaBusy = 'true';
    load()
      .then(act, (reason: unknown) => console.warn(reason))
      .finally(() => (button.ariaBusy = null));
  };

  const commands: Record<string, (...values: unknown[]) => void> = {
    open: () => use((panel) => panel.open(true)),
    close: () => panel && use((panel) => panel.close()),
    toggle: () => use((panel) => (panel.isOpen ? panel.close() : panel.open(true))),
    ask: (text) => use((panel) => panel.ask(String(text))),
    forget: () => use((panel) => panel.forget()),
    theme: (theme) => (host.dataset['theme'] = String(theme)),
    customer: (customer) => (context.customer = customer),
    on: (event, listener) => listeners.push([event as WidgetEvent, listener as Listener]),
  };
  const api: Api = (command, ...values) => commands[command]?.(...values);
  api.loaded = true;
  const early = window.SupportBot?.q ?? [];
  window.SupportBot = api;
  for (const call of early) {
    api(...(Array.from(call) as [string]));
  }

  button.onclick = () => api('open');
  button.onpointerenter = button.onfocus = () => void load().catch(() => undefined);
  try {
    if (sessionStorage.getItem(storageKey(site, 'open')) && innerWidth > 520) {
      use((panel) => panel.open(false));
    } else if (Date.now() - Number(localStorage.getItem(storageKey(site, 'recent'))) < recentMs) {
      use((panel) => panel.listen());
    }
  } catch {
    // A browser that keeps nothing has nothing to go on with.
  }
}

const script = document.currentScript;
if (script instanceof HTMLScriptElement && !window.SupportBot?.loaded) {
  if (document.body) {
    start(script);
  } else {
    addEventListener('DOMContentLoaded', () => window.SupportBot?.loaded || start(script));
  }
}
