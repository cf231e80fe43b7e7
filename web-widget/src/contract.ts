/** What the loader (on every page) and the panel (loaded on demand) know of each other. */

export type WidgetEvent = 'open' | 'close' | 'unread';
export type Listener = (detail: number) => void;

/** What the loader hands to the panel. */
export interface PanelContext {
  /** The open shadow root that launcher and panel share. */
  root: ShadowRoot;
  host: HTMLElement;
  launcher: HTMLButtonElement;
  site: string;
  /** Where the widget came from; every other address is relative to it. Ends with a slash. */
  server: string;
  /** A token to go on with instead of what this browser keeps: the script tag's `data-resume`. */
  resume?: string;
  /** What the page says of its customer; nobody has verified it. */
  customer?: unknown;
  /** Runs another script of the folder that the panel came from. */
  load(file: string): Promise<unknown>;
  setUnread(count: number): void;
  emit(event: WidgetEvent, detail: number): void;
}

/** What the panel hands back. */
export interface PanelHandle {
  /** Shows the dialog; `focus` moves the keyboard focus into it (not when it is restored after a page change). */
  open(focus: boolean): void;
  close(): void;
  /** Connects without showing anything, so that the badge counts replies on the next page too. */
  listen(): void;
  /** Opens the dialog and sends this text as the customer. */
  ask(text: string): void;
  /** Erases everything this browser keeps of the conversation; the next message starts a new one. */
  forget(): void;
  readonly isOpen: boolean;
}

/** The panel script is a classic script, so that its origin needs no CORS: it leaves this global behind. */
export interface PanelGlobal {
  mount(context: PanelContext): PanelHandle;
}

declare global {
  interface Window {
    /** There once the panel's script has run. */
    SupportBotPanel: PanelGlobal;
  }
}

/** Keys of what the browser keeps for a site. The loader reads `recent` and `open`, the panel owns them all. */
export const storageKey = (site: string, name: string): string => `supportbot:${site}:${name}`;
