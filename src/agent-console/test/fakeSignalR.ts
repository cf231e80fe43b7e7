import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { WebSocketServer, type WebSocket } from "ws";

const END = "\u001e";
const INVOCATION = 1;
const COMPLETION = 3;
const PING = 6;
const CLOSE = 7;

export interface FakeClient {
  userId: string;
  watched: Set<string>;
  send(target: string, ...args: unknown[]): void;
}

interface ClientMessage {
  type: number;
  invocationId?: string;
  target: string;
  arguments: unknown[];
}

/**
 * As much of the SignalR JSON protocol as a hub needs that neither streams nor invokes with a result: handshake,
 * invocations, completions, pings.
 * @param invoke answers a client's invocation; what it throws becomes the completion's error.
 */
export function createFakeHub(invoke: (client: FakeClient, target: string, args: unknown[]) => unknown) {
  const sockets = new WebSocketServer({ noServer: true });
  const clients = new Map<WebSocket, FakeClient>();

  function accept(socket: WebSocket, userId: string): void {
    const write = (message: object): void => socket.send(JSON.stringify(message) + END);
    const client: FakeClient = {
      userId,
      watched: new Set(),
      send: (target, ...args) => write({ type: INVOCATION, target, arguments: args }),
    };
    let handshaken = false;

    socket.on("message", (data) => {
      for (const text of String(data).split(END).slice(0, -1)) {
        if (!handshaken) {
          handshaken = true;
          clients.set(socket, client);
          write({});
          continue;
        }
        const message = JSON.parse(text) as ClientMessage;
        if (message.type === PING) {
          write({ type: PING });
        } else if (message.type === INVOCATION) {
          complete(message, write, client);
        } else if (message.type === CLOSE) {
          socket.close();
        }
      }
    });
    socket.on("close", () => clients.delete(socket));
  }

  function complete(message: ClientMessage, write: (answer: object) => void, client: FakeClient): void {
    const answer: { type: number; invocationId: string | undefined; result?: unknown; error?: string } = {
      type: COMPLETION,
      invocationId: message.invocationId,
    };
    try {
      answer.result = invoke(client, message.target, message.arguments) ?? null;
    } catch (error) {
      answer.error = String(error);
    }
    if (message.invocationId !== undefined) {
      write(answer);
    }
  }

  return {
    clients: () => [...clients.values()],
    upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, userId: string): void {
      sockets.handleUpgrade(request, socket, head, (accepted) => accept(accepted, userId));
    },
    /** Cuts every connection as a lost network does: without a goodbye. */
    drop(): void {
      sockets.clients.forEach((socket) => socket.terminate());
      clients.clear();
    },
  };
}

/** The answer to `POST /hubs/agent/negotiate`. */
export function negotiation(connectionToken: string): object {
  return {
    negotiateVersion: 1,
    connectionId: connectionToken,
    connectionToken,
    availableTransports: [{ transport: "WebSockets", transferFormats: ["Text", "Binary"] }],
  };
}
