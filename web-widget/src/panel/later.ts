/**
 * The scripts that the panel fetches when there is something to show or do that only they can: what answers have beyond
 * plain words, once a conversation goes beyond the greeting, and the customer's own files.
 */
import type { ComponentChildren } from 'preact';
import { storageKey, type PanelContext } from '../contract';
import type { Client, HeldFiles } from './client/client';
import type { Upload } from './client/sender';
import type { Store } from './store';
import type { Row } from './ui/rows';

/** Until it is here, and where it cannot be had, words are shown as they came. */
export interface Answers {
  /** The bot's words with their markup; null for anybody else's. */
  words(row: Row): ComponentChildren;
  /** Attached files, and sources. */
  inBubble(row: Row): ComponentChildren;
  /** Thumbs. */
  underBubble(row: Row): ComponentChildren;
}

export interface Files {
  /** Takes files into the composer. */
  add(files: readonly File[]): void;
  /** Whether files wait in the composer. */
  isHolding(): boolean;
  /** Hands them over to the message that is said now. */
  take(): HeldFiles | undefined;
  /** The files in the composer. */
  tray(): ComponentChildren;
  /** The files of a message on its way, and why it failed. */
  inBubble(row: Row): ComponentChildren;
  upload: Upload;
}

export interface LaterNeeds {
  root: ShadowRoot;
  server: string;
  store: Store;
  client(): Client;
  newId(): string;
  /** Name of the cache that keeps files until they are sent. */
  cache: string;
  redraw(): void;
  /** Puts the focus into the composer. */
  focus(): void;
}

type Create<T> = (needs: LaterNeeds) => T;

declare global {
  interface Window {
    /** There once the script of that name has run. */
    SupportBotAnswers: Create<Answers>;
    SupportBotFiles: Create<Files>;
  }
}

export interface Later<T> {
  now?: T;
  /** Undefined when it cannot be had; the next call tries again. */
  load(): Promise<T | undefined>;
}

/** Why a message failed whose files this browser did not keep over a reload. */
export const fileLost = 'FileLost';

export const fileCache = (site: string): string => storageKey(site, 'files');

export function later<T>(load: PanelContext['load'], file: string, create: () => T, loaded: () => void): Later<T> {
  let loading: Promise<T | undefined> | undefined;
  const script: Later<T> = {
    load: () =>
      (loading ??= load(file).then(
        () => {
          script.now = create();
          loaded();
          return script.now;
        },
        () => (loading = undefined),
      )),
  };
  return script;
}
