import styles from './launcher.css?inline';
import tokens from './tokens.css?inline';

export interface Launcher {
  host: HTMLElement;
  root: ShadowRoot;
  button: HTMLButtonElement;
  setUnread(count: number): void;
}

const svg = 'http://www.w3.org/2000/svg';
const bubble = 'M4 5h16v11H10l-5 4v-4H4z';

/** The round button in the corner, in a shadow root that the page's styles do not reach. */
export function createLauncher(theme: string | undefined): Launcher {
  const host = document.createElement('supportbot-widget');
  if (theme !== undefined) {
    host.dataset['theme'] = theme;
  }
  const root = host.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(tokens + styles);
  root.adoptedStyleSheets = [sheet];

  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'launcher';
  button.ariaLabel = 'Open chat';
  button.ariaHasPopup = 'dialog';
  button.setAttribute('aria-describedby', 'unread');
  const icon = document.createElementNS(svg, 'svg');
  const path = document.createElementNS(svg, 'path');
  path.setAttribute('d', bubble);
  icon.setAttribute('viewBox', '0 0 24 24');
  icon.setAttribute('aria-hidden', 'true');
  icon.append(path);
  const badge = document.createElement('span');
  badge.className = 'badge';
  badge.id = 'unread';
  badge.hidden = true;
  button.append(icon, badge);
  root.append(button);
  document.body.append(host);

  return {
    host,
    root,
    button,
    setUnread(count) {
      const words = document.createElement('i');
      words.textContent = count === 1 ? ' unread message' : ' unread messages';
      badge.replaceChildren(String(Math.min(count, 99)), words);
      badge.hidden = count === 0;
    },
  };
}
