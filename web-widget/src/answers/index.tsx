import type { Answers, LaterNeeds } from '../panel/later';
import { addSheet, h } from '../panel/shared';
import { filesOf } from './shown';
import { Outside } from './Outside';
import styles from './answers.css?inline';
import { Sources } from './Sources';
import { Markdown } from './text/Markdown';
import { createThumbs } from './thumbs';

/** Called once by the panel. */
function create(needs: LaterNeeds): Answers {
  const { root, server, redraw } = needs;
  addSheet(root, styles);
  const underBubble = createThumbs(needs);
  /** Pictures that could not be shown; a link is left of them. */
  const broken = new Set<string>();
  return {
    underBubble,
    words: ({ author, text, citations }) =>
      author === 'bot' ? <Markdown source={text} server={server} citations={citations} /> : null,
    inBubble: ({ more, citations }) => [
      more && (
        <ul class="files">
          {filesOf(more, server).map(({ name, href, isPicture }) => (
            <li>
              <Outside href={href}>
                {href && isPicture && !broken.has(href) ? (
                  <img src={href} alt={name} loading="lazy" onError={() => (broken.add(href), redraw())} />
                ) : (
                  name
                )}
              </Outside>
            </li>
          ))}
        </ul>
      ),
      citations.length > 0 && <Sources citations={citations} server={server} />,
    ],
  };
}

window.SupportBotAnswers = create;
