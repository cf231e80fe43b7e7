import type { ComponentChildren } from 'preact';
import type { Outgoing } from '../panel/conversation/outbox';
import { fileLost, type Files, type LaterNeeds } from '../panel/later';
import { addSheet, h } from '../panel/shared';
import { fileStrings as strings, language } from '../panel/strings';
import styles from './files.css?inline';
import { createHeldFiles } from './heldFiles';
import { upload } from './upload';

/** The server's limits: files of a message, and bytes of them together. */
const mostFiles = 10;
const mostBytes = 4 * 1024 * 1024;

const unit = { style: 'unit', unitDisplay: 'short', maximumFractionDigits: 1 } as const;

const sizeOf = (bytes: number): string =>
  bytes < 1_048_576
    ? new Intl.NumberFormat(language, { ...unit, unit: 'kilobyte' }).format(bytes / 1_024)
    : new Intl.NumberFormat(language, { ...unit, unit: 'megabyte' }).format(bytes / 1_048_576);

/** Called once by the panel. */
function create({ root, store, client, newId, cache, redraw, focus }: LaterNeeds): Files {
  addSheet(root, styles);
  const held = createHeldFiles(cache);
  const progress = new Map<string, number>();
  let staged: readonly File[] = [];
  let problem = '';

  const isPending = (id: string): boolean => store.state().pending.some((entry) => entry.clientActivityId === id);
  let pending = store.state().pending;
  store.subscribe(() => {
    if (store.state().pending !== pending) {
      ({ pending } = store.state());
      held.keepOnly(isPending);
    }
  });

  function add(files: readonly File[]): void {
    problem = '';
    for (const file of files) {
      const bytes = [...staged, file].reduce((sum, { size }) => sum + size, 0);
      if (staged.length >= mostFiles) {
        problem = strings.tooMany(mostFiles);
      } else if (bytes > mostBytes) {
        problem = strings.tooLarge(file.name, sizeOf(mostBytes));
      } else {
        staged = [...staged, file];
      }
    }
    redraw();
    focus();
  }

  function unstage(file: File): void {
    staged = staged.filter((other) => other !== file);
    problem = '';
    redraw();
    focus();
  }

  /** Sends a failed message again without one of its files, or gives it up when nothing is left of it. */
  async function sendWithout(entry: Outgoing, index: number): Promise<void> {
    const { clientActivityId } = entry;
    const others = <T,>(all: readonly T[]): readonly T[] => all.filter((_, other) => other !== index);
    const files = others((await held.find(clientActivityId, entry.files)) ?? []);
    if (files.length > 0) {
      held.keep(clientActivityId, files);
    }
    const next = { ...entry, files: others(entry.files) };
    if (next.files.length > 0 || next.text) {
      client().retry(next);
    } else {
      client().remove(entry);
    }
    focus();
  }

  const onTheWay = (entry: Outgoing): ComponentChildren => (
    <ul class="files">
      {entry.files.map((name, index) => (
        <li key={index}>
          {name}
          {entry.status === 'failed' && entry.fault !== fileLost && (
            <button aria-label={strings.sendWithout(name)} onClick={() => void sendWithout(entry, index)}>
              ×
            </button>
          )}
        </li>
      ))}
      {entry.status === 'queued' && (
        <progress aria-label={strings.progress} value={progress.get(entry.clientActivityId) ?? 0} />
      )}
    </ul>
  );

  const failure = (entry: Outgoing): ComponentChildren => (
    <p class="fault">
      {strings.faults[entry.fault]}
      <button onClick={() => (client().remove(entry), focus())}>{strings.giveUp}</button>
    </p>
  );

  return {
    add,
    isHolding: () => staged.length > 0,
    take() {
      if (staged.length === 0) {
        return undefined;
      }
      const clientActivityId = newId();
      const files = staged.map(({ name }) => name);
      held.keep(clientActivityId, staged);
      staged = [];
      problem = '';
      return { clientActivityId, files };
    },
    async upload(id, url, token, activity) {
      const names = store.state().pending.find(({ clientActivityId }) => clientActivityId === id)?.files ?? [];
      const files = await held.find(id, names);
      if (!files) {
        return { status: 410, ok: false, body: { error: { code: fileLost } }, waitMs: 0 };
      }
      return upload(url, token, activity, files, (share) => {
        progress.set(id, share);
        redraw();
      });
    },
    tray: () => (
      <div class="tray">
        {staged.length > 0 && (
          <ul class="files" aria-label={strings.toSend}>
            {staged.map((file) => (
              <li>
                {file.name} <small>{sizeOf(file.size)}</small>
                <button type="button" aria-label={strings.remove(file.name)} onClick={() => unstage(file)}>
                  ×
                </button>
              </li>
            ))}
          </ul>
        )}
        <p class={problem ? 'over' : 'unseen'} role="status">
          {problem || (staged.length > 0 && strings.attached(staged.length))}
        </p>
      </div>
    ),
    inBubble({ pending: entry }) {
      return entry && entry.files.length > 0 && [onTheWay(entry), entry.status === 'failed' && failure(entry)];
    },
  };
}

window.SupportBotFiles = create;
