import { storageKey, type PanelContext, type PanelHandle } from '../contract';
import { browserPlatform } from './client/platform';
import { noAnswer } from './client/http';
import { fileCache, later, type LaterNeeds } from './later';
import { shared } from './shared';
import { createSiteConversation } from './siteConversation';
import tokens from './ui/tokens.css?inline';
import frame from './ui/panel.css?inline';
import log from './ui/log.css?inline';
import { followKeyboard } from './ui/phone';
import { addSheet } from './ui/sheets';
import { createView } from './ui/view';
import { aboutPage } from './wire/about';

/** Puts the panel beside the launcher in the shadow root. Called once by the loader. */
function mount(context: PanelContext): PanelHandle {
  const { root, launcher, site, server, host } = context;
  const platform = browserPlatform();
  addSheet(root, tokens + frame + log);
  const place = document.createElement('div');
  root.append(place);

  let isOpen = false;
  let unreadBefore = 0;
  const needs = (): LaterNeeds => ({
    ...view,
    root,
    server,
    store: conversation.store,
    client: conversation.client,
    newId: platform.newId,
    cache: fileCache(site),
  });
  const redraw = (): void => view.redraw();
  const answers = later(context.load, __ANSWERS_FILE__, () => window.SupportBotAnswers(needs()), redraw);
  const files = later(context.load, __FILES_FILE__, () => window.SupportBotFiles(needs()), redraw);
  const conversation = createSiteConversation({
    platform,
    site,
    server,
    resume: context.resume,
    upload: async (...request) => (await files.load())?.upload(...request) ?? noAnswer,
    about: () => aboutPage(location, document.title, context.customer),
    changed(unread) {
      if (unread !== unreadBefore) {
        unreadBefore = unread;
        context.setUnread(unread);
        context.emit('unread', unread);
      }
    },
    forgotten() {
      context.customer = undefined;
      platform.dropCache(fileCache(site));
    },
  });
  const openKey = storageKey(site, 'open');
  const looks = (): void => conversation.look(isOpen && !document.hidden);
  document.addEventListener('visibilitychange', looks);
  followKeyboard(host);

  const view = createView(place, conversation, { answers, files }, server, close);

  function open(focus: boolean): void {
    if (isOpen) {
      return;
    }
    isOpen = true;
    launcher.hidden = true;
    sessionStore(openKey, '1');
    conversation.start();
    looks();
    view.show();
    if (focus) {
      view.focus();
    }
    context.emit('open', 0);
  }

  function close(): void {
    if (!isOpen) {
      return;
    }
    isOpen = false;
    launcher.hidden = false;
    sessionStore(openKey, null);
    looks();
    const hadFocus = root.activeElement !== null;
    view.hide();
    if (hadFocus) {
      launcher.focus();
    }
    context.emit('close', 0);
  }

  return {
    open,
    close,
    listen: conversation.start,
    ask(text) {
      open(true);
      conversation.client().say(text);
    },
    forget: conversation.forget,
    get isOpen() {
      return isOpen;
    },
  };
}

window.SupportBotPanel = { mount, ...shared };

/** Per tab: the dialog stays open when the customer goes from page to page. */
function sessionStore(key: string, value: string | null): void {
  try {
    if (value === null) {
      sessionStorage.removeItem(key);
    } else {
      sessionStorage.setItem(key, value);
    }
  } catch {
    // A browser that keeps nothing simply starts every page with the chat closed.
  }
}
