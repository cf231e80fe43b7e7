import { storageKey, type PanelContext, type PanelHandle } from '../contract';
import { browserPlatform } from './client/platform';
import { createSiteConversation } from './siteConversation';
import tokens from './ui/tokens.css?inline';
import frame from './ui/panel.css?inline';
import log from './ui/log.css?inline';
import { followKeyboard } from './ui/phone';
import { createView } from './ui/view';

/** Puts the panel beside the launcher in the shadow root. Called once by the loader. */
function mount(context: PanelContext): PanelHandle {
  const { root, launcher, site, server, host } = context;
  const platform = browserPlatform();
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheetOf(tokens + frame + log)];
  const place = document.createElement('div');
  root.append(place);

  let isOpen = false;
  let unreadBefore = 0;
  const conversation = createSiteConversation(platform, site, server, (unread) => {
    if (unread !== unreadBefore) {
      unreadBefore = unread;
      context.setUnread(unread);
      context.emit('unread', unread);
    }
  });
  const openKey = storageKey(site, 'open');
  const looks = (): void => conversation.look(isOpen && !document.hidden);
  document.addEventListener('visibilitychange', looks);
  followKeyboard(host);

  const view = createView(place, conversation, server, close);

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

window.SupportBotPanel = { mount };

function sheetOf(css: string): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  return sheet;
}

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
