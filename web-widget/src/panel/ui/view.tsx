import { h, render } from 'preact';
import type { Answers, Files, Later } from '../later';
import { direction, language, strings } from '../strings';
import type { SiteConversation } from '../siteConversation';
import { Composer, isSendable } from './Composer';
import { keepFocusInside } from './focus';
import { Header } from './Header';
import { Log } from './Log';
import { fullScreen } from './phone';
import { rows as rowsOf } from './rows';

/** The dialog on screen. Drawn as a whole from the conversation's state and the little that only the screen knows. */
export interface View {
  show(): void;
  hide(): void;
  /**
   * Puts the focus where the customer goes on: into the message, but on a phone into the dialog, as there the
   * on-screen keyboard would cover the conversation.
   */
  focus(): void;
  redraw(): void;
}

/** Nearer to the end than this counts as reading along. */
const nearEndPx = 80;
const tallestDraftPx = 140;

export function createView(
  place: HTMLElement,
  conversation: SiteConversation,
  { answers, files }: { answers: Later<Answers>; files: Later<Files> },
  server: string,
  onClose: () => void,
): View {
  const { store, client } = conversation;
  let shown = false;
  let draft = '';
  let behind = false;
  let following = true;
  let lastKey: string | undefined;

  const onDrag = (event: DragEvent): void => onFiles(event, event.dataTransfer);
  const find = <T extends HTMLElement>(selector: string): T | null => place.querySelector<T>(selector);

  function draw(): void {
    if (!shown) {
      render(null, place);
      return;
    }
    const state = store.state();
    const rows = rowsOf(state);
    // The greeting stands by itself unless it has markup.
    if (rows.length > 1 || /[*`[#]/.test(rows[0]?.text ?? '')) {
      void answers.load();
    }
    if (state.pending.some((entry) => entry.files.length > 0)) {
      void files.load();
    }
    const last = rows.at(-1);
    if (last?.key !== lastKey) {
      lastKey = last?.key;
      // One's own words are always followed; other people's only by who is reading along.
      following ||= last?.author === 'customer';
      behind = !following;
    }
    render(
      <div
        class="panel"
        role="dialog"
        lang={language}
        dir={direction}
        aria-label={strings.dialog(state.company.name || strings.company)}
        aria-modal={fullScreen.matches}
        tabIndex={-1}
        onKeyDown={onKeyDown}
        onDragOver={onDrag}
        onDrop={onDrag}
        onPaste={(event) => onFiles(event, event.clipboardData)}
      >
        <Header state={state} onClose={onClose} onTryAgain={conversation.start} />
        <Log
          state={state}
          rows={rows}
          server={server}
          answers={answers.now}
          files={files.now}
          behind={behind}
          onScroll={onScroll}
          onToEnd={toEnd}
          onRetry={(entry) => client().retry(entry)}
          onChoose={(value) => {
            client().say(value);
            // The chosen button is gone; without this the focus would fall out of the dialog.
            focus();
          }}
        />
        <Composer
          draft={draft}
          tray={files.now?.tray()}
          disabled={state.connection === 'refused'}
          sendable={isSendable(draft, files.now?.isHolding())}
          onDraft={onDraft}
          onFiles={onFiles}
          onSend={onSend}
        />
      </div>,
      place,
    );
    const field = find('textarea');
    if (field) {
      field.style.height = 'auto';
      field.style.height = `${Math.min(field.scrollHeight + 2, tallestDraftPx)}px`;
    }
    if (following) {
      toEnd();
    }
  }

  function toEnd(): void {
    const scroller = find('.scroller');
    if (scroller) {
      scroller.scrollTop = scroller.scrollHeight;
    }
  }

  function onScroll(): void {
    const scroller = find('.scroller');
    if (scroller) {
      following = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < nearEndPx;
      if (following && behind) {
        behind = false;
        draw();
      }
    }
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Escape' && !event.isComposing) {
      onClose();
    } else if (fullScreen.matches) {
      keepFocusInside(event, event.currentTarget as HTMLElement);
    }
  }

  function onDraft(text: string): void {
    draft = text;
    if (text.trim() !== '') {
      client().typing();
    }
    draw();
  }

  /** Files that are chosen, dropped or pasted. Words that come along, as from a word processor, go where they always go. */
  function onFiles(event: Event, from: DataTransfer | HTMLInputElement | null): void {
    const chosen = [...(from?.files ?? [])];
    if (from && 'types' in from) {
      if (!from.types.includes('Files') || from.types.includes('text/plain')) {
        return;
      }
      event.preventDefault();
    }
    if (chosen.length > 0 && event.type !== 'dragover') {
      void files.load().then((script) => script?.add(chosen));
    }
  }

  function onSend(): void {
    if (isSendable(draft, files.now?.isHolding())) {
      const said = draft.trim();
      draft = '';
      client().say(said, files.now?.take());
      draw();
      find('textarea')?.focus();
    }
  }

  const focus = (): void => find(fullScreen.matches ? '.panel' : 'textarea')?.focus();

  store.subscribe(draw);
  fullScreen.addEventListener('change', draw);
  return {
    focus,
    redraw: draw,
    show() {
      shown = following = true;
      draw();
    },
    hide() {
      shown = false;
      draw();
    },
  };
}
