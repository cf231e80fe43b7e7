interface Policy {
  createScriptURL(file: string): string;
}

declare global {
  interface Window {
    trustedTypes?: { createPolicy(name: string, rules: Policy): Policy };
  }
}

/**
 * Runs files of one folder as classic scripts: their origin then needs no CORS, and a page's nonce is passed on. Where
 * the page requires Trusted Types, it allows the policy `supportbot`, which vouches for this folder.
 */
export function scriptsOf(folder: string, nonce: string): (file: string) => Promise<unknown> {
  const rules: Policy = { createScriptURL: (file) => folder + file };
  let policy: Policy | undefined;
  return (file) =>
    new Promise((resolve, reject) => {
      const script = document.createElement('script');
      // Made once: the same name again is refused.
      policy ??= window.trustedTypes?.createPolicy('supportbot', rules) ?? rules;
      script.nonce = nonce;
      script.src = policy.createScriptURL(file);
      script.onload = resolve;
      script.onerror = () => {
        script.remove();
        reject(new Error('The chat could not be loaded.'));
      };
      document.head.append(script);
    });
}
