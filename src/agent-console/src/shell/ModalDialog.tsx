import { X } from "lucide-react";
import { useId, useLayoutEffect, useRef, type ReactNode } from "react";

interface ModalDialogProps {
  title: string;
  /** Where the panel stands: in the middle, or along the right edge at full height. */
  placement: "center" | "side";
  onClose: () => void;
  children: ReactNode;
}

/**
 * A modal for as long as it is mounted. The browser's own `<dialog>` keeps the focus inside, gives it back, and needs
 * no style elements, which the content security policy would refuse.
 */
export function ModalDialog({ title, placement, onClose, children }: ModalDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();

  useLayoutEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    // Closing before the element goes is what gives the focus back.
    return () => shown?.close();
  }, []);

  return (
    <dialog
      ref={dialog}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        if (event.target === event.currentTarget) {
          onClose();
        }
      }}
      className={`border-line bg-surface text-ink shadow-raised ${
        placement === "center"
          ? "m-auto w-full max-w-sm rounded-xl border"
          : "mr-0 ml-auto h-dvh max-h-none w-full max-w-3xl border-l"
      }`}
    >
      <div className="flex h-full flex-col p-5">
        <div className="flex items-start justify-between gap-3">
          <h2 id={titleId} className="text-base font-semibold">
            {title}
          </h2>
          <button
            type="button"
            aria-label="Close"
            className="-mt-1 inline-flex size-8 shrink-0 items-center justify-center rounded-md hover:bg-sunken"
            onClick={onClose}
          >
            <X aria-hidden="true" className="size-4" />
          </button>
        </div>
        {children}
      </div>
    </dialog>
  );
}
