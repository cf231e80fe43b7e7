import { storageKey } from '../../contract';
import { inOrder, readOutgoing, type Outgoing } from '../conversation/outbox';
import { parse } from '../wire/json';
import type { KeyValues } from './platform';

/** One key for each unconfirmed message: two tabs that write at once cannot overwrite each other's. */
export interface OutboxStorage {
  prefix: string;
  all(): readonly Outgoing[];
  put(entry: Outgoing): void;
  remove(clientActivityId: string): void;
}

export function createOutboxStorage(storage: KeyValues, site: string, changed: () => void): OutboxStorage {
  const prefix = storageKey(site, 'out:');
  return {
    prefix,
    all: () =>
      inOrder(
        storage
          .keys()
          .filter((key) => key.startsWith(prefix))
          .map((key) => readOutgoing(parse(storage.get(key))))
          .filter((entry) => entry !== null),
      ),
    put(entry) {
      storage.set(prefix + entry.clientActivityId, JSON.stringify(entry));
      changed();
    },
    remove(clientActivityId) {
      storage.remove(prefix + clientActivityId);
      changed();
    },
  };
}
