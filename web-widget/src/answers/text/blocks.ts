/** The Markdown subset of chat messages, as data: paragraphs and lists. Headings read as bold paragraphs. */
import { inline, type Inline } from './inline';

export type Block =
  | { tag: 'p'; children: readonly Inline[] }
  | { tag: 'ul' | 'ol'; start: number; items: readonly (readonly Inline[])[] };

/** Longer messages do not come from this service; what is beyond is not worth a customer's browser. */
const longest = 20_000;

const item = /^ {0,3}(?:[-*+]|(\d{1,4})[.)])[ \t]+(.*)/;
const heading = /^ {0,3}#{1,6}[ \t]+(.*)/;

export function markdown(source: string): readonly Block[] {
  const blocks: Block[] = [];
  let paragraph: string[] = [];
  let list: { tag: 'ul' | 'ol'; start: number; lines: string[] } | undefined;
  const end = (): void => {
    if (paragraph.length > 0) {
      blocks.push({ tag: 'p', children: inline(paragraph.join('\n')) });
    }
    if (list) {
      blocks.push({ tag: list.tag, start: list.start, items: list.lines.map((line) => inline(line)) });
    }
    paragraph = [];
    list = undefined;
  };
  let afterBlank = false;
  for (const line of source.slice(0, longest).split(/\r?\n/)) {
    const [isItem, number, rest = ''] = item.exec(line) ?? [];
    const title = heading.exec(line)?.[1];
    const tag = number ? 'ol' : 'ul';
    const text = line.trim();
    if (isItem) {
      if (list?.tag !== tag) {
        end();
        list = { tag, start: Number(number ?? 1), lines: [] };
      }
      list.lines.push(rest);
    } else if (title) {
      end();
      blocks.push({ tag: 'p', children: [{ tag: 'strong', children: inline(title) }] });
    } else if (list && text !== '' && !afterBlank) {
      // A line that goes on with the item before it.
      list.lines.push(`${list.lines.pop() ?? ''}\n${text}`);
    } else if (text !== '') {
      if (list) {
        end();
      }
      paragraph.push(text);
    } else if (!list) {
      // A blank line ends a paragraph; a list may go on after it.
      end();
    }
    afterBlank = text === '';
  }
  end();
  return blocks;
}
