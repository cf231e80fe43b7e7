import { Link } from "wouter";

/** Stands where a page would be that is not for the person who is signed in. */
export function ForManagers({ title, children }: { title: string; children: string }) {
  return (
    <div className="grid h-full place-items-center p-6 text-center">
      <div>
        <h1 className="text-xl font-semibold">{title}</h1>
        <p className="mt-1 text-muted">{children}</p>
        <Link href="/" className="button-quiet mt-4">
          Go to the conversations
        </Link>
      </div>
    </div>
  );
}
