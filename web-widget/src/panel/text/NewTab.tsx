import { h, type ComponentChildren } from 'preact';

/** A link that leaves the page alone, or just its words when the address is not one that a message may carry. */
export const NewTab = (props: { href: string | null; label?: string; children: ComponentChildren }) =>
  props.href ? (
    <a href={props.href} target="_blank" rel="noopener noreferrer" aria-label={props.label}>
      {props.children}
    </a>
  ) : (
    <span>{props.children}</span>
  );
