import { h } from 'preact';
import { safeLink } from './links';
import { NewTab } from './NewTab';

/** Longer messages do not come from this service; what is beyond is not worth a customer's browser. */
const longest = 20_000;

/** Addresses and line breaks; nothing else means anything, so that `2*3*4` stays what it is. */
const marks = /(https?:\/\/[^\s<>"'`]{0,1000}[^\s<>"'`.,;:!?)]|\n)/u;

/** A person's words as they were typed. */
export const Plain = ({ source, server }: { source: string; server: string }) => (
  <div class="text" dir="auto">
    {source
      .slice(0, longest)
      .trim()
      .split(/\n{2,}/)
      .map((paragraph) => (
        <p>
          {paragraph
            .split(marks)
            .map((piece, index) =>
              index % 2 === 0 ? (
                piece
              ) : piece === '\n' ? (
                <br />
              ) : (
                <NewTab href={safeLink(piece, server)}>{piece}</NewTab>
              ),
            )}
        </p>
      ))}
  </div>
);
