import { Readable } from 'node:stream'
import type { ObjectStore, StoredObject } from './storage.ts'

/**
 * Objects on their way from one store to another: all new ones go to `target`, what is not there yet is read from `source`.
 * What is removed is removed from both, so that nothing comes back.
 */
export function openMovingStore(target: ObjectStore, source: ObjectStore): ObjectStore {
  const holderOf = async (key: string) => ((await target.size(key)) === null ? source : target)
  return {
    ...target,
    read: async (key) => (await holderOf(key)).read(key),
    stream: (key, range) =>
      Readable.from(
        (async function* () {
          yield* (await holderOf(key)).stream(key, range) as AsyncIterable<Buffer>
        })(),
        { objectMode: false },
      ),
    size: async (key) => (await target.size(key)) ?? source.size(key),
    async remove(key) {
      await source.remove(key)
      await target.remove(key)
    },
    async removeFolder(folder) {
      await source.removeFolder(folder)
      await target.removeFolder(folder)
    },
    list: (folder) => merge(target.list(folder), source.list(folder)),
    localFile: async (key) => (await holderOf(key)).localFile(key),
    async pinFile(key, folder) {
      return (await holderOf(key)).pinFile(key, folder)
    },
    link: async (key, headers) => ((await target.size(key)) === null ? null : target.link(key, headers)),
  }
}

/** Each key once, those of `first` before those of `second` alone. */
async function* merge(
  first: AsyncIterable<StoredObject>,
  second: AsyncIterable<StoredObject>,
): AsyncGenerator<StoredObject> {
  const told = new Set<string>()
  for await (const object of first) {
    told.add(object.key)
    yield object
  }
  for await (const object of second) if (!told.has(object.key)) yield object
}
