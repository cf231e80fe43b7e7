import { Link } from "wouter";
import { useDocumentTitle } from "./useDocumentTitle";

export function NotFound() {
  useDocumentTitle("Page not found");
  return (
    <div className="grid h-full place-items-center p-6 text-center">
      <div>
        <h1 className="text-xl font-semibold">Page not found</h1>
        <p className="mt-1 text-muted">There is nothing at this address.</p>
        <Link href="/" className="button-quiet mt-4">
          Go to the conversations
        </Link>
      </div>
    </div>
  );
}
