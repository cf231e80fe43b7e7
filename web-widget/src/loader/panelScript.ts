import type { PanelGlobal } from '../contract';

interface Policy {
  createScriptURL(url: string): string;
}

interface TrustedTypes {
  createPolicy(name: string, rules: Policy): Policy;
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
  // Made once: the same name again is refused, also when the panel is loaded again after a failure.
  policy ??= window.trustedTypes?.createPolicy('supportbot', {
    createScriptURL: (asked) => (asked === url ? url : ''),
  });
  return policy?.createScriptURL(url) ?? url;
}

let policy: Policy | undefined;
