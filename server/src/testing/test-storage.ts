import { basename } from 'node:path'
import type { ObjectStore } from '../storage/storage.ts'
import { openTestBucket, type TestBucket } from './open-bucket.ts'

/** Whether tests keep files in a folder, where what has no object, such as an empty folder, can be looked for. */
export const isInFolder = process.env.VESALIUS_TEST_STORAGE !== 's3'

let bucket: Promise<TestBucket> | null = null
/** Data folders whose files lie in the bucket. */
const users = new Set<string>()

/** With VESALIUS_TEST_STORAGE=s3 the settings that keep the files of a test in a bucket, a part of it for each data folder. */
export async function openTestStorage(dataDirectory: string): Promise<Record<string, string>> {
  if (isInFolder) return {}
  users.add(dataDirectory)
  bucket ??= openTestBucket()
  const { environment } = await bucket
  const url = (environment.VESALIUS_STORAGE_URL ?? '')
    .replace('/clinic?', `/${basename(dataDirectory)}?`)
    // Archives come from the program itself, as from a folder.
    .replace(/&public=[^&]*/, '')
  return { ...environment, VESALIUS_STORAGE_URL: url }
}

/** The bucket goes with the last of them. */
export async function closeTestStorage(dataDirectory: string): Promise<void> {
  if (!users.delete(dataDirectory) || users.size > 0) return
  const open = bucket
  bucket = null
  await (await open)?.close()
}

/** Of every object whose key begins with `folder`, in order. */
export async function listKeys(storage: ObjectStore, folder: string): Promise<string[]> {
  const keys: string[] = []
  for await (const { key } of storage.list(folder)) keys.push(key)
  return keys
}
