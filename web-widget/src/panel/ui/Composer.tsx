import { h, type ComponentChildren } from 'preact';
import { strings } from '../strings';
import { attachIcon, Icon, sendIcon } from './icons';

interface Props {
  draft: string;
  /** The files that wait to be sent with the draft. */
  tray: ComponentChildren;
  disabled: boolean;
  sendable: boolean;
  onDraft(draft: string): void;
  onFiles(event: Event, from: HTMLInputElement): void;
  onSend(): void;
}

/** The server's limit, in characters. */
const longest = 4_000;
const counterFrom = 3_600;

export const isSendable = (draft: string, hasFiles = false): boolean =>
  (hasFiles || draft.trim() !== '') && draft.length <= longest;

export function Composer({ draft, tray, disabled, sendable, onDraft, onFiles, onSend }: Props) {
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
      {tray}
      <label class="quiet">
        <Icon path={attachIcon} />
        <input
          class="unseen"
          type="file"
          multiple
          aria-label={strings.attach}
          disabled={disabled}
          onChange={(event) => {
            onFiles(event, event.currentTarget);
            // The same file can be chosen again.
            event.currentTarget.value = '';
          }}
        />
      </label>
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
      <button class="send" aria-label={strings.send} aria-disabled={disabled || !sendable}>
        <Icon path={sendIcon} />
      </button>
      <p id="counter" class={left < 0 ? 'over' : ''} role="status">
        {draft.length >= counterFrom && (left < 0 ? strings.tooLong(-left) : strings.left(left))}
      </p>
    </form>
  );
}
