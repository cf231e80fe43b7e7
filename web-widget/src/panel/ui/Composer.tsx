import { h } from 'preact';
import { strings } from '../strings';
import { Icon, sendIcon } from './icons';

interface Props {
  draft: string;
  disabled: boolean;
  onDraft(draft: string): void;
  onSend(): void;
}

/** The server's limit, in characters. */
const longest = 4_000;
const counterFrom = 3_600;

export const isSendable = (draft: string): boolean => draft.trim() !== '' && draft.length <= longest;

export function Composer({ draft, disabled, onDraft, onSend }: Props) {
  const left = longest - draft.length;
  const onKeyDown = (event: KeyboardEvent): void => {
    // While an input method composes a word, Enter chooses it (229 is how Safari says so).
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing && event.keyCode !== 229) {
      event.preventDefault();
      onSend();
    }
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onSend();
      }}
    >
      <textarea
        rows={1}
        dir="auto"
        aria-label={strings.message}
        aria-invalid={left < 0}
        aria-describedby="counter"
        placeholder={strings.placeholder}
        disabled={disabled}
        value={draft}
        onInput={({ currentTarget }) => onDraft(currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <button class="send" aria-label={strings.send} aria-disabled={disabled || !isSendable(draft)}>
        <Icon path={sendIcon} />
      </button>
      <p id="counter" class={left < 0 ? 'over' : ''} role="status">
        {draft.length >= counterFrom && (left < 0 ? strings.tooLong(-left) : strings.left(left))}
      </p>
    </form>
  );
}
