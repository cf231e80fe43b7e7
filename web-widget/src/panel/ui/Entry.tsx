import { h } from 'preact';
import type { Outgoing } from '../conversation/outbox';
import { fileLost, type Answers, type Files } from '../later';
import { strings } from '../strings';
import { Plain } from '../text/Plain';
import { Avatar } from './Avatar';
import type { Row } from './rows';
import { timeOf } from './times';

interface Props {
  row: Row;
  server: string;
  answers: Answers | undefined;
  files: Files | undefined;
  onRetry(entry: Outgoing): void;
}

export function Entry({ row, server, answers, files, onRetry }: Props) {
  const { author, name, text, status, first, at, pending } = row;
  const words = text && (answers?.words(row) || <Plain source={text} server={server} />);
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
          {(pending ? files : answers)?.inBubble(row)}
        </div>
        {answers?.underBubble(row)}
        {row.last && (
          <p class={`meta ${status}`}>
            {time} {status && strings[status]}
            {status === 'failed' && pending && pending.fault !== fileLost && (
              <button
                class="link"
                aria-label={strings.retryNamed((text || pending.files.join()).slice(0, 60))}
                onClick={() => onRetry(pending)}
              >
                {strings.retry}
              </button>
            )}
          </p>
        )}
      </div>
    </div>
  );
}
