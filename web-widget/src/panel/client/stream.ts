import { parse, type Json } from '../wire/json';
import type { Platform } from './platform';

export interface Stream {
  /** Whether it was ever open, once it has ended. */
  ended: Promise<boolean>;
  /** Ends it if nothing has come for so long that it must be dead (a laptop that slept). */
  checkAlive(): void;
  close(): void;
}

/** The client says something every 20 s, as Direct Line clients do: it keeps proxies from cutting an idle line. */
const keepAliveMs = 20_000;
const deadAfterMs = 75_000;

/** Opens a Direct Line stream. `frame` gets each activity set. */
export function openStream(platform: Platform, url: string, opened: () => void, frame: (set: Json) => void): Stream {
  let wasOpen = false;
  let lastHeard = platform.now();
  let serverKeepsAlive = false;
  let socket: WebSocket | undefined;
  let finish: (wasOpen: boolean) => void = () => undefined;
  const ended = new Promise<boolean>((resolve) => (finish = resolve));
  const close = (): void => {
    clearInterval(timer);
    // A half-open connection may take minutes to close; nobody waits for it.
    if (socket) {
      socket.onopen = socket.onmessage = socket.onclose = socket.onerror = null;
      socket.close();
    }
    finish(wasOpen);
  };
  const checkAlive = (): void => {
    // Only a server that is known to send keep-alives can be found missing by its silence.
    if (serverKeepsAlive && platform.now() - lastHeard > deadAfterMs) {
      close();
    }
  };
  const timer = setInterval(() => {
    if (wasOpen) {
      socket?.send('');
    }
    checkAlive();
  }, keepAliveMs);

  try {
    socket = platform.openSocket(url);
    socket.onopen = () => {
      wasOpen = true;
      opened();
    };
    socket.onmessage = ({ data }: MessageEvent<unknown>) => {
      lastHeard = platform.now();
      if (data === '') {
        serverKeepsAlive = true;
      } else {
        frame(parse(String(data)));
      }
    };
    socket.onclose = socket.onerror = close;
  } catch {
    // A missing or forbidden address throws instead of closing.
    close();
  }
  return { ended, checkAlive, close };
}
