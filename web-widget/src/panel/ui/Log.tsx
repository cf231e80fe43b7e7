import { Fragment, h } from 'preact';
import { suggestions, type State } from '../conversation/state';
import { strings } from '../strings';
import { Avatar } from './Avatar';
import { Entry } from './Entry';
import { downIcon, Icon } from './icons';
import type { Row } from './rows';
import { dayOf } from './times';

interface Props {
  state: State;
  rows: readonly Row[];
  server: string;
  /** Whether something new is further down than what is on screen. */
  behind: boolean;
  onScroll(): void;
  onToEnd(): void;
  onRetry(clientActivityId: string): void;
  onChoose(value: string): void;
}

export function Log({ state, rows, server, behind, onScroll, onToEnd, onRetry, onChoose }: Props) {
  const { typing } = state;
  const offered = suggestions(state);
  return (
    <div class="middle">
      <div class="scroller" onScroll={onScroll}>
        {/* Busy until the history is in: a screen reader announces what is new, not what was said yesterday. */}
        <div role="log" aria-label={strings.conversation} aria-busy={!state.caughtUp} tabIndex={0}>
          {rows.map((row) => (
            <Fragment key={row.key}>
              {row.newDay && <p class="day">{dayOf(row.at, Date.now())}</p>}
              <Entry row={row} server={server} onRetry={onRetry} />
            </Fragment>
          ))}
        </div>
        {typing && (
          <div class={`entry first ${typing.typing}`}>
            <Avatar author={typing.typing} name={typing.name} />
            <p class="bubble dots" aria-hidden="true">
              <i />
              <i />
              <i />
            </p>
          </div>
        )}
        <p class="unseen" role="status">
          {typing && strings.typing(typing.name)}
        </p>
        {offered.length > 0 && (
          <div class="suggestions" role="group" aria-label={strings.suggestions}>
            {offered.map(({ title, value }) => (
              <button key={value} onClick={() => onChoose(value)}>
                {title}
              </button>
            ))}
          </div>
        )}
      </div>
      {behind && (
        <button class="pill" onClick={onToEnd}>
          <Icon path={downIcon} />
          {strings.newMessages}
        </button>
      )}
    </div>
  );
}
