// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import '../src/answers/index';
import '../src/files/index';
import type { Client } from '../src/panel/client/client';
import type { Outgoing } from '../src/panel/conversation/outbox';
import type { Answers, Files, Later, LaterNeeds } from '../src/panel/later';
import type { SiteConversation } from '../src/panel/siteConversation';
import { createStore, type Store } from '../src/panel/store';
import { createView, type View } from '../src/panel/ui/view';
import { readActivity, type Message } from '../src/panel/wire/activity';
import type { Json } from '../src/panel/wire/json';

let calls: string[];
/** What is no message and was sent, and whether the server takes it. */
let posted: Json[];
let posts: boolean;
let files: Files;
let store: Store;
let view: View;
let place: HTMLElement;

beforeEach(() => {
  calls = [];
  posted = [];
  posts = true;
  store = createStore();
  place = document.createElement('div');
  const host = document.createElement('div');
  document.body.replaceChildren(host);
  const root = host.attachShadow({ mode: 'open' });
  root.append(place);
  const scripts = { answers: { load: never<Answers>() }, files: { load: never<Files>() } } as {
    answers: Later<Answers>;
    files: Later<Files>;
  };
  const record = (name: string) => (text?: string) => void calls.push(text === undefined ? name : `${name} ${text}`);
  const nothing = (): void => undefined;
  const client: Client = {
    say: (text, held) => void calls.push(['say', text, ...(held?.files ?? [])].join(' ')),
    retry: ({ clientActivityId }) => void calls.push(`retry ${clientActivityId}`),
    remove: ({ clientActivityId }) => void calls.push(`remove ${clientActivityId}`),
    post: (activity) => {
      posted.push(activity);
      return Promise.resolve(posts);
    },
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
  view = createView(place, conversation, scripts, server, record('close'));
  const needs: LaterNeeds = {
    ...view,
    root,
    server,
    store,
    client: () => client,
    newId: () => `id${(ids += 1)}`,
    cache: 'files',
  };
  files = window.SupportBotFiles(needs);
  scripts.answers.now = window.SupportBotAnswers(needs);
  scripts.files.now = files;
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
const server = 'https://help.example/';
let ids = 0;
const never =
  <T>() =>
  (): Promise<T | undefined> =>
    Promise.resolve(undefined);
const outgoing = (changes: Partial<Outgoing> = {}): Outgoing => ({
  clientActivityId: 'a',
  text: 'lost',
  files: [],
  about: null,
  at: 1,
  status: 'queued',
  fault: '',
  ...changes,
});
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
  streamId: '',
  more: null,
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
    store.dispatch({ type: 'outbox', entries: [outgoing({ status: 'failed' })] });
    find('[aria-label^="Retry sending"]').click();
    expect(calls).toEqual(['retry a']);
    store.dispatch({ type: 'outbox', entries: [outgoing()] });
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

const answer = (id: string, changes: object = {}): Json => ({
  type: 'message',
  id,
  text: 'Two days.',
  from: { id: 'bot', name: 'Pip', role: 'bot' },
  entities: [
    {
      type: 'https://schema.org/Message',
      potentialAction: [
        { '@type': 'LikeAction', '@id': id },
        { '@type': 'DislikeAction', '@id': id },
      ],
    },
  ],
  ...changes,
});
const receive = (...activities: Json[]): void =>
  store.dispatch({
    type: 'received',
    incoming: activities.map((activity) => readActivity(activity, 'me', 1)).filter((incoming) => incoming !== null),
  });
const part = (text: string, sequence: number): Json => ({
  type: 'typing',
  id: `s${sequence}`,
  text,
  from: { id: 'bot', name: 'Pip', role: 'bot' },
  channelData: { streamType: 'streaming', streamSequence: sequence, ...(sequence > 1 && { streamId: 's1' }) },
});

describe('a live answer', () => {
  test('grows in one bubble outside the log, and comes into the log once, complete', () => {
    const log = find('[role="log"]');
    const added: string[] = [];
    const observer = new MutationObserver((records) =>
      records.forEach(({ addedNodes }) => addedNodes.forEach(({ textContent }) => added.push(textContent ?? ''))),
    );
    observer.observe(log, { childList: true, subtree: true, characterData: true });
    receive(part('Two', 1));
    const bubble = find('[aria-hidden="true"] .bubble');
    receive(part('Two **working** days', 2));
    expect(find('[aria-hidden="true"] .bubble')).toBe(bubble);
    expect(bubble.textContent).toBe('Two working days');
    expect(observer.takeRecords()).toEqual([]);
    receive(answer('a1', { text: 'Two working days.', channelData: { streamType: 'final', streamId: 's1' } }));
    expect(place.querySelectorAll('.bubble')).toHaveLength(1);
    expect(log.textContent).toContain('Two working days.');
    observer.disconnect();
  });
});

describe('thumbs', () => {
  const pressed = (): (string | null)[] =>
    [...place.querySelectorAll('.thumbs button')].map((button) => button.getAttribute('aria-pressed'));

  test('are under the answers that ask for them, can be pressed and changed, and are sent as events', async () => {
    receive(answer('a1'), answer('a2', { entities: [] }));
    expect(pressed()).toEqual(['false', 'false']);
    find('[aria-label="Helpful"]').click();
    expect(pressed()).toEqual(['true', 'false']);
    find('[aria-label="Helpful"]').click();
    await Promise.resolve();
    find('[aria-label="Not helpful"]').click();
    expect(pressed()).toEqual(['false', 'true']);
    expect(posted.map(({ value }) => value)).toEqual([
      { '@type': 'LikeAction', '@id': 'a1' },
      { '@type': 'DislikeAction', '@id': 'a1' },
    ]);
  });

  test('are pressed after a reload as the log says', () => {
    const own = { from: { id: 'me', role: 'user' } };
    receive(
      answer('a1'),
      { type: 'event', ...own, value: { '@type': 'LikeAction', '@id': 'a1' } },
      { type: 'event', ...own, entities: [{ '@type': 'DislikeAction', '@id': 'a1' }] },
    );
    expect(pressed()).toEqual(['false', 'true']);
  });

  test('say so when they could not be saved', async () => {
    posts = false;
    receive(answer('a1'));
    find('[aria-label="Helpful"]').click();
    await new Promise((resolve) => setTimeout(resolve));
    expect(pressed()).toEqual(['false', 'false']);
    expect(find('.thumbs [role="alert"]').textContent).toContain('Not saved');
  });
});

describe('files', () => {
  const choose = async (...chosen: File[]): Promise<void> => {
    files.add(chosen);
    await Promise.resolve();
  };
  const file = (name: string, bytes = 10): File => new File([new Uint8Array(bytes)], name);
  const attached = (contentType: string, contentUrl: string, name: string): Json => ({ contentType, contentUrl, name });

  test('are chosen, taken out again and sent together, with or without words', async () => {
    await choose(file('a.png'), file('b.pdf'));
    expect(find('[aria-label="Files to send"]').textContent).toContain('a.png');
    expect(find('.tray [role="status"]').textContent).toBe('2 files attached');
    find('[aria-label="Remove a.png"]').click();
    expect(find('[aria-label="Send"]').getAttribute('aria-disabled')).toBe('false');
    press('Enter');
    expect(said()).toEqual(['say  b.pdf']);
    expect(place.querySelector('[aria-label="Files to send"]')).toBeNull();
  });

  test('that are too many or too large stay out, with a word why', async () => {
    await choose(file('film.mov', 4 * 1024 * 1024 + 1), file('ok.png'));
    expect(find('.tray [role="status"]').textContent).toBe(
      'film.mov is too large: the files of a message have at most 4 MB together.',
    );
    await choose(...Array.from({ length: 10 }, (_, index) => file(`${index}.png`)));
    expect(find('.tray [role="status"]').textContent).toBe('At most 10 files go with a message.');
    expect(place.querySelectorAll('.tray li')).toHaveLength(10);
  });

  test('on their way show how far they are; refused ones say why and can be sent without, again or given up', async () => {
    store.dispatch({ type: 'outbox', entries: [outgoing({ text: '', files: ['a.exe', 'b.png'] })] });
    expect(find('progress').getAttribute('aria-label')).toBe('Sending files');
    const failed = outgoing({ text: '', files: ['a.exe', 'b.png'], status: 'failed', fault: 'UnsupportedMediaType' });
    store.dispatch({ type: 'outbox', entries: [failed] });
    expect(find('.fault').textContent).toContain('A file is of a kind that is not taken here.');
    find('[aria-label^="Retry sending"]').click();
    find('[aria-label="Send without a.exe"]').click();
    find('.fault button').click();
    await new Promise((resolve) => setTimeout(resolve));
    expect(calls.toSorted()).toEqual(['remove a', 'retry a', 'retry a']);
  });

  test('that a reload has lost are said to be lost, without a Retry that cannot help', () => {
    store.dispatch({ type: 'outbox', entries: [outgoing({ files: ['a.png'], status: 'failed', fault: 'FileLost' })] });
    expect(find('.fault').textContent).toContain('Please attach them again.');
    expect(place.querySelector('[aria-label^="Retry"]')).toBeNull();
  });

  test("pictures of the service are shown, a stranger's are a link, and what is no address is a name", () => {
    receive({
      ...answer('m1', { text: '', entities: [] }),
      attachments: [
        attached('image/png', `${server}v3/a.png?k=1`, 'boot.png'),
        attached('image/png', 'https://evil.example/pixel.png', 'pixel.png'),
        attached('image/svg+xml', `${server}v3/a.svg`, 'drawing.svg'),
        attached('application/pdf', 'javascript:alert(1)', 'trap.pdf'),
      ],
    });
    expect([...place.querySelectorAll('img')].map(({ src, alt }) => [src, alt])).toEqual([
      [`${server}v3/a.png?k=1`, 'boot.png'],
    ]);
    expect([...place.querySelectorAll('.files a')].map((link) => link.getAttribute('href'))).toEqual([
      `${server}v3/a.png?k=1`,
      'https://evil.example/pixel.png',
      `${server}v3/a.svg`,
    ]);
    expect(find('.files').textContent).toContain('trap.pdf');
  });

  test('whatever an attachment says, it makes no other elements, attributes or addresses', () => {
    const pieces: unknown[] = [
      'javascript:alert(1)',
      'data:image/png;base64,AA',
      'blob:https://help.example/1',
      '//evil.example/x.png',
      'image/png',
      'image/svg+xml',
      'text/html',
      '"><img src=x onerror=alert(1)>',
      '\u202egnp.exe',
      '',
      null,
      5,
      {},
      ['x'],
      `${server}a.png`,
      'https://help.example@evil.example/a.png',
      'https://help.example.evil.example/a.png',
    ];
    const attachments = pieces.flatMap((contentUrl) =>
      pieces.flatMap((contentType) => pieces.slice(0, 9).map((name) => ({ contentUrl, contentType, name }))),
    );
    receive({ ...answer('m1', { entities: [] }), attachments: [...attachments, null, 1, 'x', []] });
    for (const element of place.querySelectorAll('.files *')) {
      expect(['LI', 'A', 'IMG', 'SPAN']).toContain(element.tagName);
      element.getAttributeNames().forEach((name) => {
        expect(['href', 'target', 'rel', 'src', 'alt', 'loading', 'class']).toContain(name);
      });
      expect(element.getAttribute('href') ?? server).toMatch(/^(https?|mailto|tel):/);
      expect(element.getAttribute('src') ?? server).toMatch(/^https:\/\/help\.example\//);
    }
  });
});
