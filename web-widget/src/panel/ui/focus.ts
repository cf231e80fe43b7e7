/** Makes Tab go round inside a modal dialog. */
export function keepFocusInside(event: KeyboardEvent, dialog: HTMLElement): void {
  const stops = [...dialog.querySelectorAll<HTMLElement>('a, button, textarea, [tabindex="0"]')];
  const [first, last] = [stops[0], stops.at(-1)];
  const active = (dialog.getRootNode() as ShadowRoot).activeElement;
  const leaves = event.shiftKey ? active === first || active === dialog : active === last;
  if (event.key === 'Tab' && leaves) {
    event.preventDefault();
    (event.shiftKey ? last : first)?.focus();
  }
}
