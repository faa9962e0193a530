import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import S3rver from 's3rver'

/** A bucket on this machine that speaks S3 but checks no signature; it lies in a temporary folder. */
export interface TestBucket {
  /** Settings of a program that keeps its files there. */
  environment: Record<string, string>
  close(): Promise<void>
}

export async function openTestBucket(): Promise<TestBucket> {
  const directory = await mkdtemp(join(tmpdir(), 'vesalius-bucket-'))
  const server = new S3rver({
    address: '127.0.0.1',
    port: 0,
    silent: true,
    directory,
    configureBuckets: [{ name: 'pictures', configs: [] }],
  })
  const { port } = await server.run()
  const endpoint = encodeURIComponent(`http://127.0.0.1:${port}`)
  return {
    environment: {
      VESALIUS_STORAGE_URL: `s3://pictures/clinic?endpoint=${endpoint}&public=${endpoint}&sse=AES256`,
      VESALIUS_STORAGE_KEY_ID: 'S3RVER',
      VESALIUS_STORAGE_KEY_SECRET: 'S3RVER',
    },
    close: async () => {
      await server.close()
      await rm(directory, { recursive: true, force: true })
    },
  }
}
