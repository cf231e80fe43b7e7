import { h } from 'preact';
import type { Author } from '../wire/activity';

/** The first letter of a name; decoration, the name itself stands beside it. */
export const Avatar = ({ author, name }: { author: Author; name: string }) => (
  <span class={`avatar ${author}`} aria-hidden="true">
    {[...name][0]}
  </span>
);
