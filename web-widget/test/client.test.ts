import { afterEach, assert, beforeEach, expect, test } from 'vitest';
import { online, openBrowser, until, type Browser } from './customer';
import { startFakeDirectLine } from './FakeDirectLine';
import type { FakeDirectLine } from './fakeTypes';

let fake: FakeDirectLine;
let browser: Browser;

beforeEach(async () => {
  fake = await startFakeDirectLine({
    greeting: { text: 'Hello' },
    script: (server, conversation, text) => server.say(conversation, { text: `You said ${text}` }),
  });
  browser = openBrowser(fake);
});

afterEach(async () => {
  browser.closeTabs();
  await fake.close();
});

const customerTexts = (): (string | undefined)[] =>
  fake
    .only()
    .log.filter(({ from }) => from?.role === 'user')
    .map(({ text }) => text);

const posts = (): string[] => fake.requests.filter((request) => /POST .*activities/.test(request));

test('a new customer gets a conversation, the greeting and answers', async () => {
  const tab = browser.openTab();
  tab.client.say('hi');
  await until(() => expect(tab.texts()).toEqual(['Hello', 'hi', 'You said hi']));
  await online(tab);
  expect(tab.store.state()).toMatchObject({ caughtUp: true, company: { name: 'Tarn & Trail', bot: 'Pip' } });
});

test('after a reload the whole history is there and the conversation is the same', async () => {
  const before = browser.openTab();
  before.client.say('hi');
  await until(() => expect(before.texts()).toHaveLength(3));
  browser.closeTabs();

  const after = browser.openTab();
  await until(() => expect(after.texts()).toEqual(['Hello', 'hi', 'You said hi']));
  expect(fake.requests.filter((request) => request === 'POST /widget/token')).toHaveLength(1);
});

test('two tabs opened at once share one conversation, and each shows what the other says', async () => {
  const [one, two] = [browser.openTab(), browser.openTab()];
  one.client.say('from one');
  two.client.say('from two');
  await until(() => {
    expect(one.texts()).toHaveLength(5);
    expect(two.texts()).toEqual(one.texts());
  });
  expect(customerTexts().toSorted()).toEqual(['from one', 'from two']);
});

test('what is said while the server is down is sent once it is back, once and in order', async () => {
  const tab = browser.openTab();
  await online(tab);
  fake.down = true;
  fake.dropStreams();
  tab.client.say('first');
  tab.client.say('second');
  await until(() => expect(tab.store.state().connection).toBe('reconnecting'));
  expect(tab.texts()).toEqual(['Hello', '[queued] first', '[queued] second']);
  fake.down = false;
  await until(() => expect(tab.texts()).toHaveLength(5));
  expect(customerTexts()).toEqual(['first', 'second']);
});

test('what was said offline survives a reload', async () => {
  const before = browser.openTab();
  await online(before);
  fake.down = true;
  before.client.say('do not lose me');
  browser.closeTabs();

  fake.down = false;
  const after = browser.openTab();
  await until(() => expect(after.texts()).toEqual(['Hello', 'do not lose me', 'You said do not lose me']));
  expect([...browser.storage.keys()].filter((key) => key.includes(':out:'))).toEqual([]);
});

test('a message whose answer was lost, but not its echo, is not sent again', async () => {
  const tab = browser.openTab();
  await online(tab);
  fake.fail({ path: /POST .*\/activities/, status: 0 });
  tab.client.say('hi');
  await until(() => expect(tab.texts()).toEqual(['Hello', 'hi', 'You said hi']));
  tab.client.say('next');
  await until(() => expect(tab.texts()).toHaveLength(5));
  expect(posts()).toHaveLength(2);
});

test('a message whose answer and echo were lost is sent again and stored once', async () => {
  const tab = browser.openTab();
  await online(tab);
  fake.streamsAllowed = false;
  fake.fail({ path: /GET/, status: 500, times: 8 });
  fake.fail({ path: /POST .*\/activities/, status: 0, times: 2 });
  fake.dropStreams();
  tab.client.say('hi');
  await until(() => expect(posts()).toHaveLength(3));
  await until(() => expect(tab.texts()).toEqual(['Hello', 'hi', 'You said hi']));
  expect(customerTexts()).toEqual(['hi']);
});

test('a refused message fails at once, lets others pass, and Retry sends it as the same message', async () => {
  const tab = browser.openTab();
  await online(tab);
  fake.fail({ path: /POST .*\/activities/, status: 400, code: 'TextTooLong' });
  tab.client.say('refused');
  tab.client.say('fine');
  await until(() => expect(tab.texts()).toEqual(['Hello', 'fine', 'You said fine', '[failed] refused']));
  const [failed] = tab.store.state().pending;
  assert(failed);
  tab.client.retry(failed);
  await until(() => expect(tab.texts().slice(3)).toEqual(['refused', 'You said refused']));
  const retried = fake.only().log.find(({ text }) => text === 'refused');
  expect(retried?.channelData?.['clientActivityID']).toBe(failed.clientActivityId);
});

test('a message fails after the server has been in trouble five times', async () => {
  const tab = browser.openTab();
  await online(tab);
  fake.fail({ path: /POST .*\/activities/, status: 500, times: 99 });
  tab.client.say('hi');
  await until(() => expect(tab.texts()).toEqual(['Hello', '[failed] hi']));
  expect(posts()).toHaveLength(5);
});

test('Retry-After is kept, even when the page becomes visible meanwhile', async () => {
  const tab = browser.openTab();
  await online(tab);
  fake.fail({ path: /POST .*\/activities/, status: 429, retryAfter: '25' });
  const start = performance.now();
  tab.client.say('hi');
  await until(() => expect(fake.requests.at(-1)).toMatch(/POST .*activities/));
  tab.client.nudge();
  await until(() => expect(tab.texts()).toContain('hi'));
  // 25 s at the tests' pace of 0.02.
  expect(performance.now() - start).toBeGreaterThan(490);
});

test('a cut stream is opened again and brings what was missed, once', async () => {
  const tab = browser.openTab();
  await online(tab);
  fake.streamsAllowed = false;
  fake.dropStreams();
  fake.say(fake.only(), { text: 'missed' });
  fake.streamsAllowed = true;
  await until(() => expect(tab.texts()).toEqual(['Hello', 'missed']));
  await online(tab);
  fake.say(fake.only(), { text: 'live' });
  await until(() => expect(tab.texts()).toEqual(['Hello', 'missed', 'live']));
});

test('where web sockets are forbidden, messages come by polling', async () => {
  fake.streamsAllowed = false;
  const tab = browser.openTab();
  await online(tab);
  tab.client.say('hi');
  await until(() => expect(tab.texts()).toEqual(['Hello', 'hi', 'You said hi']));
});

test('a laptop that slept past the expiry goes on with the same conversation', async () => {
  const tab = browser.openTab();
  await online(tab);
  const { id } = fake.only();
  fake.expireTokens();
  browser.ahead = 7_200_000;
  fake.dropStreams();
  tab.client.say('still me');
  await until(() => expect(tab.texts()).toEqual(['Hello', 'still me', 'You said still me']));
  expect(fake.only().id).toBe(id);
});

test('a token that the server dropped early is renewed by sending', async () => {
  const tab = browser.openTab();
  await online(tab);
  fake.expireTokens();
  tab.client.say('hi');
  await until(() => expect(tab.texts()).toEqual(['Hello', 'hi', 'You said hi']));
  expect(fake.only().log).toHaveLength(3);
});

test('a token is refreshed before it expires', async () => {
  const tab = browser.openTab();
  await online(tab);
  browser.ahead = 46 * 60_000;
  tab.client.nudge();
  await until(() => expect(fake.requests).toContain('POST /v3/directline/tokens/refresh'));
  await online(tab);
  expect(fake.requests.filter((request) => request === 'POST /widget/token')).toHaveLength(1);
});

test('a conversation that the server lost is followed by a new one, and nothing unsent is lost', async () => {
  const tab = browser.openTab();
  await online(tab);
  const lost = fake.only().id;
  fake.down = true;
  fake.forgetAll();
  tab.client.say('hello again');
  fake.down = false;
  await until(() => expect(tab.texts()).toEqual(['Hello', 'hello again', 'You said hello again']));
  expect(fake.only().id).not.toBe(lost);
});

test('a page that the server does not serve is told so, until the customer tries again', async () => {
  fake.fail({ path: /widget\/token/, status: 403, code: 'OriginNotAllowed' });
  const tab = browser.openTab();
  await until(() => expect(tab.store.state().connection).toBe('refused'));
  expect(fake.requests).toEqual(['POST /widget/token']);
  tab.client.start();
  await online(tab);
});

test('typing is told at most every three seconds', async () => {
  const tab = browser.openTab();
  await online(tab);
  tab.client.typing();
  tab.client.typing();
  browser.ahead = 2_900;
  tab.client.typing();
  await until(() => expect(fake.only().typings).toBe(1));
  browser.ahead = 3_100;
  tab.client.typing();
  await until(() => expect(fake.only().typings).toBe(2));
});

test('somebody typing is shown until they have said it', async () => {
  const tab = browser.openTab();
  await online(tab);
  await until(() => expect(fake.only().streams.size).toBe(1));
  fake.publish(fake.only(), { type: 'typing', from: { id: 'm', name: 'Maria', role: 'bot' } });
  await until(() => expect(tab.store.state().typing).toMatchObject({ name: 'Maria' }));
  fake.say(fake.only(), { text: 'Here I am' });
  await until(() => expect(tab.store.state()).toMatchObject({ typing: null }));
});

test('forgetting leaves nothing behind, and every tab hears of it', async () => {
  const [one, two] = [browser.openTab(), browser.openTab()];
  await online(one);
  await online(two);
  one.client.forget();
  one.client.stop();
  expect([...browser.storage.keys()]).toEqual([]);
  await until(() => expect(two.texts()).toEqual([]));
});

test('the page goes with its first message, and again when what is said of it changes', async () => {
  const tab = browser.openTab();
  const { about } = browser;
  tab.client.say('one');
  browser.ahead += 1;
  tab.client.say('two');
  browser.ahead += 1;
  browser.about = { ...about, customer: { name: 'Aoife', email: 'aoife@x.example' } };
  tab.client.say('three');
  await until(() => expect(customerTexts()).toEqual(['one', 'two', 'three']));
  const told = fake
    .only()
    .log.filter(({ from }) => from?.role === 'user')
    .map(({ channelData }) => channelData?.['supportbot']);
  expect(told).toEqual([about, undefined, browser.about]);
});

test('a link goes on with its conversation in a browser that knows nothing, or another conversation', async () => {
  const before = browser.openTab();
  before.client.say('hi');
  await until(() => expect(before.texts()).toHaveLength(3));
  const { token } = JSON.parse(browser.storage.get('supportbot:demo:session') ?? '{}') as { token: string };
  for (const stranger of [openBrowser(fake), openBrowser(fake)]) {
    stranger.resume = token;
    const tab = stranger.openTab();
    await until(() => expect(tab.texts()).toEqual(['Hello', 'hi', 'You said hi']));
    await online(tab);
    stranger.closeTabs();
  }
  expect(fake.conversations.size).toBe(1);
});

test('a message with files waits its turn, and one whose files are gone fails with the reason', async () => {
  const uploads: string[] = [];
  browser.upload = async (id, url, token, activity) => {
    uploads.push(id);
    expect(url).toMatch(/\/v3\/directline\/conversations\/c1\/upload\?userId=dl_c1$/);
    expect(token).not.toBe('');
    expect(activity).toMatchObject({ type: 'message', text: 'look', from: { id: 'dl_c1' } });
    return { status: 410, ok: false, body: { error: { code: 'FileLost' } }, waitMs: 0 };
  };
  const tab = browser.openTab();
  tab.client.say('first');
  browser.ahead += 1;
  tab.client.say('look', { clientActivityId: 'f1', files: ['boot.png'] });
  browser.ahead += 1;
  tab.client.say('last');
  await until(() => expect(customerTexts()).toEqual(['first', 'last']));
  expect(uploads).toEqual(['f1']);
  expect(tab.store.state().pending).toMatchObject([{ files: ['boot.png'], status: 'failed', fault: 'FileLost' }]);
  const [failed] = tab.store.state().pending;
  assert(failed);
  tab.client.remove(failed);
  expect(tab.store.state().pending).toEqual([]);
});
