import { h } from 'preact';
import { strings } from '../strings';
import { markdown, plainText } from '../text/blocks';
import { safeLink } from '../text/links';
import { NewTab, Text } from '../text/Text';
import { Avatar } from './Avatar';
import type { Row } from './rows';
import { timeOf } from './times';

interface Props {
  row: Row;
  server: string;
  onRetry(clientActivityId: string): void;
}

export function Entry({ row, server, onRetry }: Props) {
  const { author, name, text, citations, status, first, at } = row;
  const blocks = author === 'bot' ? markdown(text) : plainText(text);
  const words = <Text blocks={blocks} server={server} citations={citations} />;
  const time = <time dateTime={new Date(at).toISOString()}>{timeOf(at)}</time>;
  if (author === 'system') {
    return (
      <div class="entry system">
        {words} {time}
      </div>
    );
  }
  const isOwn = author === 'customer';
  return (
    <div class={`entry ${author} ${first && 'first'}`}>
      {first && !isOwn && <Avatar author={author} name={name} />}
      <div class="said">
        <p class={first && !isOwn ? 'speaker' : 'unseen'}>
          {isOwn ? strings.you : name} {!isOwn && <small>{strings[author]}</small>}
        </p>
        <div class="bubble">
          {words}
          {citations.length > 0 && (
            <div class="sources">
              {strings.sources}
              <ol>
                {citations.map(({ position, title, url }) => (
                  <li key={position} value={position}>
                    <NewTab href={safeLink(url, server)}>
                      {title}
                      <span class="unseen"> {strings.newTab}</span>
                    </NewTab>
                  </li>
                ))}
              </ol>
            </div>
          )}
        </div>
        {row.last && (
          <p class={`meta ${status}`}>
            {time} {status && strings[status]}
            {status === 'failed' && (
              <button class="link" aria-label={strings.retryNamed(text.slice(0, 60))} onClick={() => onRetry(row.key)}>
                {strings.retry}
              </button>
            )}
          </p>
        )}
      </div>
    </div>
  );
}
