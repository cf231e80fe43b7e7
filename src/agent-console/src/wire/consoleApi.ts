import type { ConversationDetail, ConversationPage, TranscriptPage, View } from "./conversation";
import type { IntentChoice, LabelPage, LabelSource, Learning } from "./learning";
import type { DrillPage, Period, ResponseTimes } from "./reports";
import type { Me } from "./session";
import { createTicketsApi, type TicketsApi } from "./ticketsApi";
import type { WorkflowReport } from "./workflows";

/** A refusal or failure of the service. `status` 0 means that no answer came at all. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  /** From `Retry-After`, in seconds; null when the service did not say. */
  readonly retryAfterSeconds: number | null;

  constructor(status: number, code: string, message: string, retryAfterSeconds: number | null = null) {
    super(message);
    this.name = "ApiError";
    this.status = status;
    this.code = code;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

export interface DrillQuery {
  metric: string;
  days: Period;
  page: number;
  bucket: string | null;
}

/** The console's REST interface. Every call rejects with an `ApiError`. */
export interface ConsoleApi extends TicketsApi {
  session(): Promise<Me | null>;
  signIn(email: string, password: string): Promise<Me>;
  signOut(): Promise<void>;
  conversations(view: View, cursor: string | null): Promise<ConversationPage>;
  conversation(id: string): Promise<ConversationDetail>;
  activities(id: string, after: number): Promise<TranscriptPage>;
  responseTimes(days: Period): Promise<ResponseTimes>;
  drill(query: DrillQuery): Promise<DrillPage>;
  workflows(days: Period): Promise<WorkflowReport>;
  intents(): Promise<IntentChoice[]>;
  /** Says what a customer's message means: an intent by name, or null for none of them. */
  correct(id: string, sequence: number, intent: string | null): Promise<void>;
  takeBackCorrection(id: string, sequence: number): Promise<void>;
  learning(): Promise<Learning>;
  labels(source: LabelSource | null, cursor: string | null): Promise<LabelPage>;
  useLabel(id: number, used: boolean): Promise<void>;
  train(): Promise<void>;
  putInForce(version: number): Promise<void>;
}

/**
 * @param send performs the requests: `fetch` in the browser. Paths are relative to the console's origin.
 * @param onSignedOut told whenever a call other than the session's own is refused as not signed in.
 */
export function createConsoleApi(send: typeof fetch, onSignedOut: () => void): ConsoleApi {
  async function request(path: string, init: RequestInit = {}): Promise<Response> {
    let response: Response;
    try {
      response = await send(path, {
        ...init,
        credentials: "same-origin",
        headers: { accept: "application/json", ...(init.body == null ? {} : { "content-type": "application/json" }) },
      });
    } catch {
      throw new ApiError(0, "Unreachable", "The service cannot be reached.");
    }
    if (!response.ok) {
      throw await toError(response);
    }
    return response;
  }

  async function signedIn(path: string, init?: RequestInit): Promise<Response> {
    try {
      return await request(path, init);
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) {
        onSignedOut();
      }
      throw error;
    }
  }

  async function get<T>(path: string): Promise<T> {
    return (await (await signedIn(path)).json()) as T;
  }

  async function change(method: string, path: string, body: object | null = null): Promise<void> {
    await signedIn(path, { method, ...(body === null ? {} : { body: JSON.stringify(body) }) });
  }

  const meaningOf = (id: string, sequence: number): string => `/api/console/conversations/${encodeURIComponent(id)}/activities/${sequence}/intent`;

  return {
    ...createTicketsApi(get, change),
    async session() {
      try {
        return (await (await request("/api/console/session")).json()) as Me;
      } catch (error) {
        if (error instanceof ApiError && error.status === 401) {
          return null;
        }
        throw error;
      }
    },
    async signIn(email, password) {
      const response = await request("/api/console/session", { method: "POST", body: JSON.stringify({ email, password }) });
      return (await response.json()) as Me;
    },
    async signOut() {
      await request("/api/console/session", { method: "DELETE" });
    },
    conversations: (view, cursor) =>
      get(`/api/console/conversations?${new URLSearchParams({ view, limit: "50", ...(cursor === null ? {} : { cursor }) })}`),
    conversation: (id) => get(`/api/console/conversations/${encodeURIComponent(id)}`),
    activities: (id, after) => get(`/api/console/conversations/${encodeURIComponent(id)}/activities?after=${after}&limit=200`),
    responseTimes: (days) => get(`/api/reports/response-times?days=${days}`),
    drill: ({ metric, days, page, bucket }) => {
      const query = new URLSearchParams({ days: `${days}`, page: `${page}`, ...(bucket === null ? {} : { bucket }) });
      return get(`/api/reports/response-times/${encodeURIComponent(metric)}/conversations?${query}`);
    },
    workflows: (days) => get(`/api/reports/workflows?days=${days}`),
    intents: () => get("/api/console/intents"),
    correct: (id, sequence, intent) => change("PUT", meaningOf(id, sequence), intent === null ? { noneOfThem: true } : { intent }),
    takeBackCorrection: (id, sequence) => change("DELETE", meaningOf(id, sequence)),
    learning: () => get("/api/console/learning"),
    labels: (source, cursor) =>
      get(`/api/console/learning/labels?${new URLSearchParams({ limit: "25", ...(source === null ? {} : { source }), ...(cursor === null ? {} : { cursor }) })}`),
    useLabel: (id, used) => change("PUT", `/api/console/learning/labels/${id}`, { used }),
    train: () => change("POST", "/api/console/learning/training"),
    putInForce: (version) => change("PUT", "/api/console/learning/in-force", { number: version }),
  };
}

async function toError(response: Response): Promise<ApiError> {
  const retryAfter = Number.parseInt(response.headers.get("retry-after") ?? "", 10);
  let code = `Http${response.status}`;
  let message = `The service answered with ${response.status}.`;
  try {
    const body: unknown = await response.json();
    const error = isRecord(body) && isRecord(body["error"]) ? body["error"] : {};
    code = typeof error["code"] === "string" ? error["code"] : code;
    message = typeof error["message"] === "string" ? error["message"] : message;
  } catch {
    // A proxy's HTML page or an empty body: the status alone has to do.
  }
  return new ApiError(response.status, code, message, Number.isNaN(retryAfter) ? null : retryAfter);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
