/**
 * Moves the focus through the links of a list, from the focused one, or else from the one that is open.
 * @param onlyFromList leaves the key alone while something outside the list has the focus.
 * @returns false where the key means something else.
 */
export function moveFocus(list: HTMLElement | null, step: 1 | -1, isOpen: (link: HTMLElement) => boolean, onlyFromList: boolean): boolean {
  const links = [...(list?.querySelectorAll<HTMLElement>("a") ?? [])];
  const focused = links.findIndex((link) => link === document.activeElement);
  if (onlyFromList && focused < 0 && document.activeElement !== document.body) {
    return false;
  }
  const from = focused >= 0 ? focused : links.findIndex(isOpen);
  const to = from < 0 ? 0 : Math.min(links.length - 1, Math.max(0, from + step));
  links[to]?.focus();
  return true;
}
