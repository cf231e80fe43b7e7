/** The console's own mark: a speech bubble with a short answer in it. */
export function BrandMark({ className }: { className: string }) {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true" className={`bg-header-raised text-header-ink ${className}`}>
      <path d="M8 9.5h16v10.5h-9l-5 4v-4H8z" fill="none" stroke="currentColor" strokeWidth="2.2" strokeLinejoin="round" />
      <path d="M12.5 14.8h7" fill="none" stroke="var(--header-focus)" strokeWidth="2.4" strokeLinecap="round" />
    </svg>
  );
}
