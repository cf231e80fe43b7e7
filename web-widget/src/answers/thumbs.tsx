import type { ComponentChildren } from 'preact';
import type { LaterNeeds } from '../panel/later';
import { h } from '../panel/shared';
import { answerStrings as strings } from '../panel/strings';
import type { Row } from '../panel/ui/rows';
import { feedbackIdOf, ratingOf, thumb } from './shown';

const up = 'M7 11v9H3v-9zM7 11l4-8a2.5 2.5 0 0 1 2.5 3L13 9h6a2 2 0 0 1 2 2.4l-1.4 7A2 2 0 0 1 17.600 20H7';

/** Thumbs under the answers that ask for them. The conversation's own log says which one is pressed. */
export function createThumbs({ store, client, newId, redraw }: LaterNeeds): (row: Row) => ComponentChildren {
  /** Given and not in the log yet. */
  const given = new Map<string, boolean>();
  const failed = new Set<string>();

  async function give(id: string, liked: boolean): Promise<void> {
    given.set(id, liked);
    failed.delete(id);
    redraw();
    const event = thumb(id, liked, newId());
    const isSaved = await client().post(event);
    if (given.get(id) !== liked) {
      return; // Changed meanwhile.
    }
    given.delete(id);
    if (isSaved) {
      store.dispatch({ type: 'received', incoming: [{ done: event }] });
    } else {
      failed.add(id);
      redraw();
    }
  }

  return ({ more }) => {
    const id = more && feedbackIdOf(more);
    if (!id) {
      return null;
    }
    const rating = given.get(id) ?? ratingOf(store.state().done, id);
    const button = (liked: boolean): ComponentChildren => (
      <button
        class={liked ? '' : 'down'}
        aria-label={liked ? strings.yes : strings.no}
        aria-pressed={rating === liked}
        onClick={() => rating !== liked && void give(id, liked)}
      >
        <svg viewBox="0 0 24 24" width="16" aria-hidden="true">
          <path d={up} />
        </svg>
      </button>
    );
    return (
      <div class="thumbs" role="group" aria-label={strings.helpful}>
        <span aria-hidden="true">{strings.helpful}</span> {button(true)} {button(false)}
        {failed.has(id) && (
          <span class="over" role="alert">
            {strings.notSaved}
          </span>
        )}
      </div>
    );
  };
}
