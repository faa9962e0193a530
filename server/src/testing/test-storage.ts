import { basename } from 'node:path'
import { openTestBucket, type TestBucket } from './open-bucket.ts'

let bucket: Promise<TestBucket> | null = null
/** Data folders whose files lie in the bucket. */
const users = new Set<string>()

/** With VESALIUS_TEST_STORAGE=s3 the settings that keep the files of a test in a bucket, a part of it for each data folder. */
export async function openTestStorage(dataDirectory: string): Promise<Record<string, string>> {
  if (process.env.VESALIUS_TEST_STORAGE !== 's3') return {}
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
