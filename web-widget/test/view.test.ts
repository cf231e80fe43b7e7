// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Client } from '../src/panel/client/client';
import type { SiteConversation } from '../src/panel/siteConversation';
import { createStore, type Store } from '../src/panel/store';
import { createView, type View } from '../src/panel/ui/view';
import type { Message } from '../src/panel/wire/activity';

let calls: string[];
let store: Store;
let view: View;
let place: HTMLElement;

beforeEach(() => {
  calls = [];
  store = createStore();
  place = document.createElement('div');
  document.body.replaceChildren(place);
  const record = (name: string) => (text?: string) => void calls.push(text === undefined ? name : `${name} ${text}`);
  const nothing = (): void => undefined;
  const client: Client = {
    say: record('say'),
    retry: record('retry'),
    typing: record('typing'),
    start: nothing,
    nudge: nothing,
    storageChanged: nothing,
    forget: nothing,
    stop: nothing,
  };
  const conversation: SiteConversation = {
    store,
    client: () => client,
    start: () => void calls.push('start'),
    look: nothing,
    forget: nothing,
  };
  view = createView(place, conversation, 'https://help.example/', record('close'));
  store.dispatch({ type: 'joined', conversationId: 'c', company: { name: 'Tarn & Trail', bot: 'Pip' } });
  store.dispatch({ type: 'connection', connection: 'online' });
  view.show();
});

afterEach(() => view.hide());

const find = <T extends HTMLElement = HTMLElement>(selector: string): T => {
  const element = place.querySelector<T>(selector);
  if (element === null) {
    throw new Error(`There is no ${selector}.`);
  }
  return element;
};
const field = (): HTMLTextAreaElement => find('textarea[aria-label="Message"]');
const write = (text: string): void => {
  field().value = text;
  field().dispatchEvent(new Event('input', { bubbles: true }));
};
const press = (key: string, init: KeyboardEventInit = {}): boolean =>
  field().dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...init }));
const said = (): string[] => calls.filter((call) => call.startsWith('say'));
const message = (sequence: number, changes: Partial<Message> = {}): Message => ({
  id: `m${sequence}`,
  sequence,
  at: Date.UTC(2026, 10, 20, 12, sequence),
  author: 'bot',
  name: 'Pip',
  text: `text ${sequence}`,
  clientActivityId: '',
  citations: [],
  suggestions: [],
  ...changes,
});

describe('the composer', () => {
  test('Enter sends what was written and empties the field', () => {
    write('  hi \n');
    expect(press('Enter')).toBe(false);
    expect(said()).toEqual(['say hi']);
    expect(field().value).toBe('');
  });

  test.each<[string, KeyboardEventInit]>([
    ['Shift+Enter', { shiftKey: true }],
    ['Enter that chooses a word of an input method', { isComposing: true }],
    ['the same in Safari', { keyCode: 229 }],
  ])('%s sends nothing', (_, init) => {
    write('hi');
    expect(press('Enter', init)).toBe(true);
    expect(said()).toEqual([]);
    expect(field().value).toBe('hi');
  });

  test('blank text is not sent', () => {
    write(' \n ');
    press('Enter');
    expect(said()).toEqual([]);
    expect(find('[aria-label="Send"]').getAttribute('aria-disabled')).toBe('true');
  });

  test('a counter appears near the end, and text beyond 4,000 characters stays in the field', () => {
    write('x'.repeat(3_599));
    expect(find('#counter').textContent).toBe('');
    write('x'.repeat(3_990));
    expect(find('#counter').textContent).toBe('10 characters left');
    write('x'.repeat(4_001));
    press('Enter');
    expect(said()).toEqual([]);
    expect(find('#counter').textContent).toBe('Too long by 1');
    expect(field().getAttribute('aria-invalid')).toBe('true');
    write('x'.repeat(4_000));
    press('Enter');
    expect(said()).toHaveLength(1);
  });

  test('writing tells the other side, emptying the field does not', () => {
    write('h');
    write('');
    expect(calls).toEqual(['typing']);
  });

  test('Escape closes, but not while an input method composes', () => {
    press('Escape', { isComposing: true });
    expect(calls).toEqual([]);
    press('Escape');
    expect(calls).toEqual(['close']);
  });
});

describe('the dialog', () => {
  test('is named, and its log is busy until the history is in', () => {
    expect(find('[role="dialog"]').getAttribute('aria-label')).toBe('Chat with Tarn & Trail');
    const log = find('[role="log"]');
    expect(log.getAttribute('aria-label')).toBe('Conversation');
    expect(log.getAttribute('aria-busy')).toBe('true');
    store.dispatch({ type: 'caughtUp' });
    expect(log.getAttribute('aria-busy')).toBe('false');
  });

  test('who speaks can be told apart', () => {
    store.dispatch({
      type: 'received',
      incoming: [
        message(1),
        message(2, { author: 'customer', name: '' }),
        message(3, { author: 'system', name: '', text: 'Maria joined' }),
        message(4, { author: 'agent', name: 'Maria' }),
      ],
    });
    const entries = [...place.querySelectorAll('.entry')];
    expect(entries.map(({ className }) => className.split(' ')[1])).toEqual(['bot', 'customer', 'system', 'agent']);
    expect(entries[3]?.textContent).toContain('Maria Customer care');
    expect(find('.head').textContent).toContain('Maria is helping you');
  });

  test('a failed message offers Retry, a waiting one says so', () => {
    store.dispatch({ type: 'outbox', entries: [{ clientActivityId: 'a', text: 'lost', at: 1, status: 'failed' }] });
    find('[aria-label^="Retry sending"]').click();
    expect(calls).toEqual(['retry a']);
    store.dispatch({ type: 'outbox', entries: [{ clientActivityId: 'a', text: 'lost', at: 1, status: 'queued' }] });
    store.dispatch({ type: 'connection', connection: 'offline' });
    expect(find('.meta').textContent).toContain('Waiting for a connection');
  });

  test('a suggested reply is sent as its value', () => {
    store.dispatch({
      type: 'received',
      incoming: [message(1, { suggestions: [{ title: 'Prices', value: 'What does it cost?' }] })],
    });
    find('[aria-label="Suggested replies"] button').click();
    expect(calls).toEqual(['say What does it cost?']);
  });

  test('sources are numbered links; an address that is no page is only a name', () => {
    const citations = [
      { position: 1, title: 'Delivery', url: 'https://help.example/help/delivery' },
      { position: 2, title: 'Trap', url: 'javascript:alert(1)' },
    ];
    store.dispatch({ type: 'received', incoming: [message(1, { text: 'Yes [1][2]', citations })] });
    expect([...place.querySelectorAll('a')].map((link) => link.getAttribute('href'))).toEqual([
      'https://help.example/help/delivery',
      'https://help.example/help/delivery',
    ]);
    expect(find('.sources').textContent).toContain('Trap');
  });

  test('a server that does not serve the page can be asked again, and nothing can be written meanwhile', () => {
    store.dispatch({ type: 'connection', connection: 'refused' });
    expect(field().disabled).toBe(true);
    find<HTMLButtonElement>('.connection button').click();
    expect(calls).toEqual(['start']);
  });
});
