import { Component, type ReactNode } from "react";

/**
 * Keeps a failure of one page from blanking the console. (Catching a render error takes a class in React.) The usual
 * cause is a new release: the page asks for a file that the server no longer has, and a reload settles it.
 */
export class CrashScreen extends Component<{ children: ReactNode }, { crashed: boolean }> {
  override state = { crashed: false };

  static getDerivedStateFromError(): { crashed: boolean } {
    return { crashed: true };
  }

  override render(): ReactNode {
    if (!this.state.crashed) {
      return this.props.children;
    }
    return (
      <div role="alert" className="grid h-full place-items-center p-6 text-center">
        <div>
          <h1 className="text-xl font-semibold">This page could not be shown</h1>
          <p className="mt-1 text-muted">There may be a new version of the console.</p>
          <button type="button" className="button-primary mt-4" onClick={() => location.reload()}>
            Reload
          </button>
        </div>
      </div>
    );
  }
}
