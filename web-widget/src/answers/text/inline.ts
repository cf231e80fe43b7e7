export type Inline =
  | string
  | { tag: 'br' }
  | { tag: 'code'; text: string }
  | { tag: 'strong' | 'em'; children: readonly Inline[] }
  | { tag: 'a'; href: string; text: string }
  /** `[1]`, which stands for a source. */
  | { tag: 'sup'; position: number };

/**
 * Everything that is not plain text: an escaped character, code, strong, emphasis, a link, a source's number, an
 * address, a line break. An underscore is plain: it is part of names and addresses. Repetitions are bounded, so that
 * no message takes more than linear time.
 */
const markup =
  /\\([\\`*_[\]()#])|`([^`\n]{1,500})`|\*\*([^\s*](?:(?:[^*\n]|\*(?!\*)){0,500}?\S)?)\*\*|\*([^\s*](?:[^*\n]{0,500}[^\s*])?)\*|\[([^[\]\n]{1,300})\]\(([^\s()]{1,1000})\)|\[([1-9]\d?)\]|(https?:\/\/[^\s<>"'`*[\]]{0,1000}[^\s<>"'`*[\].,;:!?)])|\n/gu;

const deepest = 4;

export function inline(source: string, depth = 0): readonly Inline[] {
  const found: Inline[] = [];
  let end = 0;
  for (const match of source.matchAll(markup)) {
    found.push(source.slice(end, match.index), element(match, depth));
    end = match.index + match[0].length;
  }
  return [...found, source.slice(end)];
}

function element(match: RegExpExecArray, depth: number): Inline {
  const [whole, escaped, code, strong, em, label, href, position, url] = match;
  const within = (text: string): readonly Inline[] => (depth < deepest ? inline(text, depth + 1) : [text]);
  return url
    ? { tag: 'a', href: url, text: url }
    : whole === '\n'
      ? { tag: 'br' }
      : code
        ? { tag: 'code', text: code }
        : strong
          ? { tag: 'strong', children: within(strong) }
          : em
            ? { tag: 'em', children: within(em) }
            : label && href
              ? { tag: 'a', href, text: label }
              : position
                ? { tag: 'sup', position: Number(position) }
                : (escaped ?? whole);
}
