// @vitest-environment happy-dom
import { h, render } from 'preact';
import { afterEach, describe, expect, test } from 'vitest';
import { markdown as blocks } from '../src/answers/text/blocks';
import { Markdown } from '../src/answers/text/Markdown';
import { safeLink } from '../src/panel/text/links';
import { Plain } from '../src/panel/text/Plain';

const server = 'https://help.example/';
const citations = [{ position: 1, title: 'Delivery', url: 'https://help.example/help/delivery' }];
const place = document.createElement('div');

const markdown = (source: string) => <Markdown source={source} server={server} citations={citations} />;
const plain = (source: string) => <Plain source={source} server={server} />;

function shown(source: string, read = markdown): HTMLElement {
  render(read(source), place);
  return place.firstElementChild as HTMLElement;
}

const html = (source: string): string => shown(source).innerHTML;

afterEach(() => render(null, place));

describe('Markdown', () => {
  test.each([
    ['one\ntwo\n\nthree', '<p>one<br>two</p><p>three</p>'],
    ['**bold**, *thin* and `co*d*e`', '<p><strong>bold</strong>, <em>thin</em> and <code>co*d*e</code></p>'],
    ['**all *of* it**', '<p><strong>all <em>of</em> it</strong></p>'],
    ['2 * 3 * 4, snake_case_name, \\*not\\*', '<p>2 * 3 * 4, snake_case_name, *not*</p>'],
    ['- a\n- b\n  more\n\n- c\n\nend', '<ul><li>a</li><li>b<br>more</li><li>c</li></ul><p>end</p>'],
    ['3. a\n4) b', '<ol start="3"><li>a</li><li>b</li></ol>'],
    ['- a\n1. b', '<ul><li>a</li></ul><ol start="1"><li>b</li></ol>'],
    ['text\n- a', '<p>text</p><ul><li>a</li></ul>'],
    ['## Title\ntext', '<p><strong>Title</strong></p><p>text</p>'],
    ['<b>&amp;</b>', '<p>&lt;b&gt;&amp;amp;&lt;/b&gt;</p>'],
    ['[2] and [x]', '<p>[2] and [x]</p>'],
  ])('%j', (source, expected) => {
    expect(html(source)).toBe(expected);
  });

  test('links open apart, relative ones on the server, and a sentence ends after the address in it', () => {
    const links = [...shown('[a](/help/a), see https://x.example/b. Or [c](mailto:c@x.example)').querySelectorAll('a')];
    expect(links.map((link) => [link.textContent, link.href])).toEqual([
      ['a', 'https://help.example/help/a'],
      ['https://x.example/b', 'https://x.example/b'],
      ['c', 'mailto:c@x.example'],
    ]);
    expect(links.every((link) => link.target === '_blank' && link.rel === 'noopener noreferrer')).toBe(true);
  });

  test('a marker is a link to the source of that number', () => {
    const link = shown('Two days. [1]').querySelector('sup a');
    expect(link?.getAttribute('href')).toBe('https://help.example/help/delivery');
    expect(link?.getAttribute('aria-label')).toBe('Source 1: Delivery (opens in a new tab)');
  });

  test('what a person typed keeps its characters; only addresses become links', () => {
    const element = shown('2*3*4 **x** [1]\nhttps://x.example\n\n- no list', plain);
    expect(element.querySelectorAll('a, p, br')).toHaveLength(4);
    expect(element.textContent).toBe('2*3*4 **x** [1]https://x.example- no list');
  });

  test.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    ' javascript:x',
    'java\tscript:x',
    'java\nscript:x',
    '\u0001javascript:x',
    'data:text/html,x',
    'vbscript:x',
    'blob:https://x/y',
    'file:///etc/passwd',
    'http://[',
  ])('no link to %j', (href) => {
    expect(safeLink(href, server)).toBeNull();
    expect(shown(`[click](${href})`).querySelector('a')).toBeNull();
  });
});

describe('whatever a message holds', () => {
  const elements = new Set(['DIV', 'P', 'BR', 'STRONG', 'EM', 'CODE', 'UL', 'OL', 'LI', 'A', 'SUP', 'SPAN']);
  const attributes = new Set(['class', 'dir', 'start', 'href', 'target', 'rel', 'aria-label']);
  const pieces = [
    '**',
    '*',
    '_',
    '`',
    '```',
    '[',
    ']',
    '(',
    ')',
    '[1]',
    '[99]',
    '](',
    '<',
    '>',
    '&',
    '"',
    "'",
    '\\',
    '\n',
    '\n\n',
    '\r\n',
    '- ',
    '1. ',
    '# ',
    '![x](y)',
    '<script>',
    '<img src=x onerror=alert(1)>',
    'javascript:',
    '[a](javascript:alert(1))',
    '[a](data:text/html,x)',
    'https://',
    'https://x.example/"onmouseover="x',
    '//evil.example',
    '&lt;script&gt;',
    '\u202e',
    '\u0000',
    '🧭',
    'text',
    ' ',
    '__proto__',
    'constructor',
    '[1]: https://x "t"',
    '{{x}}',
    '${x}',
    '<!--',
    '-->',
    ']]>',
    'style="x"',
    'mailto:a@b',
    'tel:1',
  ];

  test('makes no element, attribute or link address outside the allow-list, and loses nothing that a person typed', () => {
    const random = generator(20_261_121);
    for (let round = 0; round < 1_000; round += 1) {
      const source = Array.from(
        { length: 1 + Math.floor(random() * 24) },
        () => pieces[Math.floor(random() * pieces.length)],
      ).join('');
      for (const read of [markdown, plain]) {
        const root = shown(source, read);
        for (const element of [root, ...root.querySelectorAll('*')]) {
          expect(elements, source).toContain(element.tagName);
          element.getAttributeNames().forEach((name) => expect(attributes, source).toContain(name));
          const href = element.getAttribute('href');
          if (href !== null) {
            expect(href, source).toMatch(/^(https?:\/\/|mailto:|tel:)/);
          }
        }
        if (read === plain) {
          expect(letters(root.textContent), source).toBe(letters(source));
        }
      }
    }
  });

  test.each(['*', '**a', '[', '[a](', '`', '- ', '\\', '[1]', '_a', '](', '* a *', '> ', 'https://'])(
    'long runs of %j take no time',
    (piece) => {
      const start = performance.now();
      blocks(piece.repeat(20_000));
      shown(piece.repeat(20_000), plain);
      expect(performance.now() - start).toBeLessThan(1_500);
    },
  );
});

const letters = (text: string | null): string => (text ?? '').replace(/\s/g, '');

/** The same numbers in every run, so that a failure can be looked into (mulberry32). */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
