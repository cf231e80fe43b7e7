import type { ComponentChildren } from 'preact';
import { h, NewTab } from '../panel/shared';
import { newTab } from '../panel/strings';

/** A link that leaves the page alone and says so, or only what is in it when there is no address to go to. */
export const Outside = ({ href, children }: { href: string | null; children: ComponentChildren }) => (
  <NewTab href={href}>
    {children}
    {href && <span class="unseen"> {newTab}</span>}
  </NewTab>
);
