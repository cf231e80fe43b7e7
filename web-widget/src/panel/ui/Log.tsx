import { Fragment, h } from 'preact';
import type { Outgoing } from '../conversation/outbox';
import { suggestions, type State } from '../conversation/state';
import type { Answers, Files } from '../later';
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
  answers: Answers | undefined;
  files: Files | undefined;
  /** Whether something new is further down than what is on screen. */
  behind: boolean;
  onScroll(): void;
  onToEnd(): void;
  onRetry(entry: Outgoing): void;
  onChoose(value: string): void;
}

export function Log({ state, rows, server, answers, files, behind, onScroll, onToEnd, onRetry, onChoose }: Props) {
  const { typing } = state;
  const entries = rows.map((row) => (
    <Fragment key={row.key}>
      {row.newDay && <p class="day">{dayOf(row.at, Date.now())}</p>}
      <Entry row={row} server={server} answers={answers} files={files} onRetry={onRetry} />
    </Fragment>
  ));
  // A live answer grows outside the log: it is announced when it is complete, and once.
  const live = rows.at(-1)?.live && entries.pop();
  const offered = suggestions(state);
  return (
    <div class="middle">
      <div class="scroller" onScroll={onScroll}>
        {/* Busy until the history is in: a screen reader announces what is new, not what was said yesterday. */}
        <div role="log" aria-label={strings.conversation} aria-busy={!state.caughtUp} tabIndex={0}>
          {entries}
        </div>
        {live && <div aria-hidden="true">{live}</div>}
        {typing && !live && (
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
