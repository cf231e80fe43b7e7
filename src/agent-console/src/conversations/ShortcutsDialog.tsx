import { ModalDialog } from "../shell/ModalDialog";

const SHORTCUTS: readonly (readonly [keys: readonly string[], what: string])[] = [
  [["J", "↓"], "Next conversation"],
  [["K", "↑"], "Previous conversation"],
  [["Enter"], "Open the conversation"],
  [["C"], "Claim it"],
  [["R"], "Write a reply"],
  [["E"], "Resolve it (press twice)"],
  [["/"], "Search the list"],
  [["?"], "Show these shortcuts"],
];

interface ShortcutsDialogProps {
  enabled: boolean;
  onEnabled: (enabled: boolean) => void;
  onClose: () => void;
}

export function ShortcutsDialog({ enabled, onEnabled, onClose }: ShortcutsDialogProps) {
  return (
    <ModalDialog title="Keyboard shortcuts" placement="center" onClose={onClose}>
      <dl className="mt-3 grid grid-cols-[auto_1fr] items-center gap-x-4 gap-y-2">
        {SHORTCUTS.map(([keys, what]) => (
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
