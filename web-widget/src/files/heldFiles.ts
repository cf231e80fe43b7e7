/**
 * Files between Send and their arrival: in memory, and in a cache of the browser, so that a reload does not lose them.
 * Where there is no cache (http pages, private windows) a reload does, and whoever asks is told.
 */
export interface HeldFiles {
  keep(id: string, files: readonly File[]): void;
  /** The files of a message by their names, or null when they are gone. */
  find(id: string, names: readonly string[]): Promise<readonly File[] | null>;
  /** Forgets the files of all other messages. Asked late, since a message may come meanwhile. */
  keepOnly(isWanted: (id: string) => boolean): void;
}

/** Cached under addresses that nobody asks for: `/<message>/<number>`. */
const address = (id: string, number: number): string => `/${id}/${number}`;

export function createHeldFiles(name: string): HeldFiles {
  const memory = new Map<string, readonly File[]>();
  /** Does nothing where caches do not exist or are forbidden. */
  const withCache = async <T>(use: (cache: Cache) => Promise<T>): Promise<T | undefined> => {
    try {
      return await use(await caches.open(name));
    } catch {
      return undefined;
    }
  };
  return {
    keep(id, files) {
      memory.set(id, files);
      void withCache((cache) =>
        Promise.all(files.map((file, number) => cache.put(address(id, number), new Response(file)))),
      );
    },
    async find(id, names) {
      const known = memory.get(id);
      if (known) {
        return known;
      }
      const kept = await withCache((cache) =>
        Promise.all(
          names.map(async (name, number) => {
            const blob = await (await cache.match(address(id, number)))?.blob();
            return blob && new File([blob], name);
          }),
        ),
      );
      if (!kept?.every((file) => file !== undefined)) {
        return null;
      }
      memory.set(id, kept);
      return kept;
    },
    keepOnly(isWanted) {
      const isGone = (id = ''): boolean => !isWanted(id);
      [...memory.keys()].filter((id) => isGone(id)).forEach((id) => memory.delete(id));
      void withCache(async (cache) => {
        const requests = await cache.keys();
        const gone = requests.filter(({ url }) => isGone(new URL(url).pathname.split('/')[1]));
        await Promise.all(gone.map((request) => cache.delete(request)));
      });
    },
  };
}
