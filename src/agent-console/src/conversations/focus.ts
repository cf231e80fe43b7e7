/** Whether the element with the focus has just been hidden, as when a phone changes from one pane to the next. */
export function isFocusHidden(): boolean {
  const focused = document.activeElement;
  // Where a browser cannot tell whether it is visible, the focus is left alone.
  return focused !== null && focused !== document.body && focused.checkVisibility?.() === false;
}

/** Whether nothing in particular has the focus any more, as when the element that had it was removed. */
export function isFocusLost(): boolean {
  return document.activeElement === null || document.activeElement === document.body || isFocusHidden();
}
