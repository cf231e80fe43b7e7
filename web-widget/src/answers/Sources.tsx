import { h, safeLink } from '../panel/shared';
import { answerStrings as strings } from '../panel/strings';
import type { Citation } from '../panel/wire/activity';
import { Outside } from './Outside';

/** The list under an answer; the numbers in its text lead to the same places. */
export const Sources = ({ citations, server }: { citations: readonly Citation[]; server: string }) => (
  <div class="sources">
    {strings.sources}
    <ol>
      {citations.map(({ position, title, url }) => (
        <li key={position} value={position}>
          <Outside href={safeLink(url, server)}>{title}</Outside>
        </li>
      ))}
    </ol>
  </div>
);
