import { Paperclip } from "lucide-react";
import type { FileAttachment } from "../wire/conversation";
import { webAddress } from "../words/links";

/** Files that came with a message. Pictures are shown when this service holds them; nothing is fetched from elsewhere unasked. */
export function Attachments({ files }: { files: readonly FileAttachment[] }) {
  return (
    <ul aria-label="Files" className="mt-2 grid gap-1 text-xs">
      {files.map((file, index) => (
        <li key={index}>
          <AttachmentLink file={file} />
        </li>
      ))}
    </ul>
  );
}

function AttachmentLink({ file }: { file: FileAttachment }) {
  const address = file.url === null ? null : webAddress(file.url);
  if (address === null) {
    return <span className="text-muted">{file.name}</span>;
  }
  const own = new URL(address).origin === window.location.origin;
  return (
    <a href={address} target="_blank" rel="noopener noreferrer" className="link inline-flex flex-col gap-1">
      {own && file.contentType.startsWith("image/") && (
        <img src={address} alt="" loading="lazy" className="max-h-48 max-w-full rounded border border-line object-contain" />
      )}
      <span className="inline-flex items-center gap-1">
        <Paperclip aria-hidden="true" className="size-3" />
        {file.name}
        <span className="sr-only">(opens in a new tab)</span>
      </span>
    </a>
  );
}
