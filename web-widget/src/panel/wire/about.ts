import { object, text, type Json } from './json';

/**
 * What the server is told of where the customer writes from, without the query and fragment of the address, which may
 * hold anything. `customer` is what the page says of them: a hint that nobody has verified.
 */
export function aboutPage({ origin, pathname }: Location, title: string, customer: unknown): Json {
  const { name, email } = object(customer);
  const cut = (value: unknown, longest: number): string => text(value).slice(0, longest);
  return {
    page: { url: cut(origin + pathname, 500), title: cut(title, 200) },
    ...(customer ? { customer: { name: cut(name, 100), email: cut(email, 254) } } : null),
  };
}
