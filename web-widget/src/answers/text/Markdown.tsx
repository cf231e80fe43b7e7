import type { ComponentChildren } from 'preact';
import { h, NewTab, safeLink } from '../../panel/shared';
import { answerStrings as strings } from '../../panel/strings';
import type { Citation } from '../../panel/wire/activity';
import { markdown } from './blocks';
import type { Inline } from './inline';

interface Surroundings {
  /** Relative links are the server's. */
  server: string;
  citations: readonly Citation[];
}

/** The bot's Markdown. Text becomes text nodes; no attribute but a checked `href` comes from a message. */
export const Markdown = ({ source, ...around }: { source: string } & Surroundings) => (
  <div class="text" dir="auto">
    {markdown(source).map((block) => {
      if (block.tag === 'p') {
        return <p>{inlines(block.children, around)}</p>;
      }
      const items = block.items.map((item) => <li>{inlines(item, around)}</li>);
      return block.tag === 'ol' ? <ol start={block.start}>{items}</ol> : <ul>{items}</ul>;
    })}
  </div>
);

const inlines = (children: readonly Inline[], around: Surroundings): ComponentChildren =>
  children.map((child) => (typeof child === 'string' ? child : element(child, around)));

function element(child: Exclude<Inline, string>, around: Surroundings): ComponentChildren {
  switch (child.tag) {
    case 'br':
      return <br />;
    case 'code':
      return <code>{child.text}</code>;
    case 'strong':
      return <strong>{inlines(child.children, around)}</strong>;
    case 'em':
      return <em>{inlines(child.children, around)}</em>;
    case 'a':
      return <NewTab href={safeLink(child.href, around.server)}>{child.text}</NewTab>;
    case 'sup': {
      const { position } = child;
      const source = around.citations.find((citation) => citation.position === position);
      return source ? (
        <sup>
          <NewTab href={safeLink(source.url, around.server)} label={strings.source(position, source.title)}>
            {position}
          </NewTab>
        </sup>
      ) : (
        `[${position}]`
      );
    }
  }
}
