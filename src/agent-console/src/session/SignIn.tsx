import { useMutation } from "@tanstack/react-query";
import { useEffect, useId, useRef, type FormEvent } from "react";
import { BrandMark } from "../shell/BrandMark";
import { Notice } from "../shell/Notice";
import { ApiError, type ConsoleApi } from "../wire/consoleApi";
import type { Me } from "../wire/session";

export function SignIn({ api, onSignedIn }: { api: ConsoleApi; onSignedIn: (me: Me) => void }) {
  const emailId = useId();
  const passwordId = useId();
  const password = useRef<HTMLInputElement>(null);
  const attempt = useMutation({
    mutationFn: (given: { email: string; password: string }) => api.signIn(given.email, given.password),
    onSuccess: onSignedIn,
    onError: () => password.current?.select(),
  });

  useEffect(() => {
    document.title = "Sign in · SupportBot console";
  }, []);

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    attempt.mutate({ email: String(given.get("email")).trim(), password: String(given.get("password")) });
  }

  return (
    <main className="grid min-h-full place-items-center bg-header p-4">
      <div className="w-full max-w-sm rounded-xl bg-surface p-7 shadow-raised">
        <div className="flex items-center gap-3">
          <BrandMark className="size-9 rounded-lg" />
          <div>
            <h1 className="text-lg leading-tight font-semibold">Agent console</h1>
            <p className="text-muted">Sign in to answer customers</p>
          </div>
        </div>
        <form className="mt-6 grid gap-4" onSubmit={submit}>
          <div>
            <label htmlFor={emailId} className="mb-1 block font-medium">
              Email
            </label>
            <input id={emailId} name="email" type="email" autoComplete="username" required autoFocus className="field" />
          </div>
          <div>
            <label htmlFor={passwordId} className="mb-1 block font-medium">
              Password
            </label>
            <input
              id={passwordId}
              ref={password}
              name="password"
              type="password"
              autoComplete="current-password"
              required
              className="field"
            />
          </div>
          <div role="alert">{attempt.error === null ? null : <Notice tone="danger">{problemInWords(attempt.error)}</Notice>}</div>
          <button type="submit" className="button-primary" disabled={attempt.isPending}>
            {attempt.isPending ? "Signing in…" : "Sign in"}
          </button>
        </form>
      </div>
    </main>
  );
}

function problemInWords(error: Error): string {
  if (!(error instanceof ApiError)) {
    return "Signing in failed. Please try again.";
  }
  switch (error.status) {
    case 0:
      return "The service cannot be reached. Check your connection and try again.";
    case 400:
    case 401:
      return "That email and password do not match.";
    case 429:
      return error.retryAfterSeconds === null
        ? "Too many attempts. Wait a little and try again."
        : `Too many attempts. Try again in ${error.retryAfterSeconds} seconds.`;
    default:
      return error.message;
  }
}
