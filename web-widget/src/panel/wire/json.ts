/** Careful readers of JSON that came over the wire: a wrong type reads as empty, never as a crash. */

export type Json = Readonly<Record<string, unknown>>;

export const object = (value: unknown): Json => (typeof value === 'object' && value !== null ? (value as Json) : {});

export const text = (value: unknown): string => (typeof value === 'string' ? value : '');

export const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

export const number = (value: unknown): number => (Number.isFinite(value) ? (value as number) : 0);

export function parse(source: string | null): Json {
  try {
    return object(JSON.parse(source ?? ''));
  } catch {
    return {};
  }
}
