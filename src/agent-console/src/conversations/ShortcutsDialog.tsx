import { ModalDialog } from "../shell/ModalDialog";

/** Keys, then what they do. */
export type ShortcutList = readonly (readonly [keys: readonly string[], what: string])[];

interface ShortcutsDialogProps {
  shortcuts: ShortcutList;
  enabled: boolean;
  onEnabled: (enabled: boolean) => void;
  onClose: () => void;
}

export function ShortcutsDialog({ shortcuts, enabled, onEnabled, onClose }: ShortcutsDialogProps) {
  return (
    <ModalDialog title="Keyboard shortcuts" placement="center" onClose={onClose}>
      <dl className="mt-3 grid grid-cols-[auto_1fr] items-center gap-x-4 gap-y-2">
        {shortcuts.map(([keys, what]) => (
          <div key={what} className="contents">
            <dt className="flex gap-1">
              {keys.map((key) => (
                <kbd key={key} className="min-w-6 rounded border border-line-strong bg-raised px-1.5 text-center font-mono text-xs leading-5">
                  {key}
                </kbd>
              ))}
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <label className="mt-4 flex items-center gap-2 border-t border-line pt-4">
        <input type="checkbox" className="size-4 accent-accent" checked={enabled} onChange={(event) => onEnabled(event.currentTarget.checked)} />
        Use single-key shortcuts
      </label>
    </ModalDialog>
  );
}
