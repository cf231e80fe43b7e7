/**
 * Opens the conversation that a link in a mail leads to: resume.html#SITE.TOKEN. The token leaves the address bar, and
 * with it the history and what is shared by copying the address, before anything else happens.
 */
'use strict';

(() => {
  const [, site, token] = /^#(.+)\.([\w-]+\.[\w-]+\.[\w-]+)$/.exec(location.hash) ?? [];
  history.replaceState(null, '', location.pathname);
  const policy = window.trustedTypes?.createPolicy('resume', { createScriptURL: () => '/widget.js' });

  /** Shows one of the page's sentences. */
  function show(state) {
    document.querySelectorAll('[data-state]').forEach((line) => (line.hidden = line.dataset.state !== state));
    document.querySelector('.resume button').hidden = state !== 'unreachable';
  }

  /** The chat for the site; with a token it goes on with that token's conversation. */
  function addWidget(resume) {
    const script = document.createElement('script');
    script.dataset.site = decodeURIComponent(site);
    if (resume) {
      script.dataset.resume = resume;
      window.SupportBot = (...call) => (window.SupportBot.q ??= []).push(call);
      window.SupportBot('on', 'open', () => delete script.dataset.resume);
      window.SupportBot('open');
    }
    script.src = policy?.createScriptURL('') ?? '/widget.js';
    document.head.append(script);
  }

  /** The token of the link for a fresh one, which says whether the link still works. */
  async function exchange() {
    const response = await fetch('/widget/token', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ site: decodeURIComponent(site), token }),
      cache: 'no-store',
    });
    if (response.status === 429 || response.status >= 500) {
      throw new Error('Not now.');
    }
    return response.ok ? response.json() : null;
  }

  async function open() {
    show('opening');
    try {
      const granted = await exchange();
      if (granted?.resumed) {
        addWidget(granted.token);
      } else if (granted) {
        addWidget();
      }
      show(granted?.resumed ? 'open' : granted ? 'expired' : 'broken');
    } catch (fault) {
      show(fault instanceof URIError ? 'broken' : 'unreachable');
    }
  }

  addEventListener('DOMContentLoaded', () => {
    document.querySelector('.resume button').addEventListener('click', open);
    if (token) {
      void open();
    } else {
      show('broken');
    }
  });
})();
