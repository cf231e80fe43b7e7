import { useId, type ReactNode } from "react";

interface CardProps {
  title: string;
  /** Stands at the end of the title's line. */
  action?: ReactNode;
  wide?: boolean;
  children: ReactNode;
}

/** One part of the page, which a screen reader can jump to by its title. */
export function Card({ title, action, wide = false, children }: CardProps) {
  const titleId = useId();
  return (
    <section aria-labelledby={titleId} className={`flex min-w-0 flex-col rounded-xl border border-line bg-surface p-4 ${wide ? "xl:col-span-2" : ""}`}>
      <div className="flex min-h-9 flex-wrap items-center justify-between gap-2">
        <h2 id={titleId} className="text-base font-semibold">
          {title}
        </h2>
        {action}
      </div>
      {children}
    </section>
  );
}
