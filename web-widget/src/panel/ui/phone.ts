/** On a phone the dialog fills the screen. The style sheet has the same condition. */
export const fullScreen = matchMedia('(max-width: 520px), (max-height: 480px)');

/**
 * Keeps the dialog above the on-screen keyboard, which shrinks the visual viewport only: `dvh` does not follow it
 * everywhere.
 */
export function followKeyboard({ style }: HTMLElement): void {
  const viewport = window.visualViewport;
  const fit = (): void => {
    style.setProperty('--visible-height', `${viewport?.height}px`);
    style.setProperty('--visible-top', `${viewport?.offsetTop}px`);
  };
  viewport?.addEventListener('resize', fit);
  viewport?.addEventListener('scroll', fit);
}
