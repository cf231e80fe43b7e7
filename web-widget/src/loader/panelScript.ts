import type { PanelGlobal } from '../contract';

interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): string };
}

declare global {
  interface Window {
    trustedTypes?: TrustedTypes;
  }
}

/** Loads the panel as a classic script: its origin then needs no CORS, and a page's nonce is passed on. */
export function loadPanel(url: string, nonce: string): Promise<PanelGlobal> {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.nonce = nonce;
    script.src = trusted(url);
    script.onload = () => (window.SupportBotPanel ? resolve(window.SupportBotPanel) : reject());
    script.onerror = () => {
      script.remove();
      reject();
    };
    document.head.append(script);
  });
}

/** Where the page requires Trusted Types, it allows the policy `supportbot`, which vouches for this one address. */
function trusted(url: string): string {
  const only = (asked: string): string => (asked === url ? asked : '');
  return window.trustedTypes?.createPolicy('supportbot', { createScriptURL: only }).createScriptURL(url) ?? url;
}
