import { editTogether } from '@vesalius/bench/edit-together'
import { removeData, type ServerProcess, startServer } from '@vesalius/bench/server-process'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chromiumPath, openBrowser } from '../lib/browser.ts'

const EDITS = 20

describe.skipIf(!chromiumPath)('two people who edit one image at the same time', () => {
  let server: ServerProcess
  let browser: Browser

  beforeAll(async () => {
    server = await startServer()
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
    if (server) await removeData(server)
  })

  it('lose no mark, and none comes back that was removed', async () => {
    const found = await editTogether({ url: server.url, browser, edits: EDITS, seed: 7, limitMs: 150_000 })
    const { drawn, moved, removed } = found.edits
    expect(drawn + moved + removed).toBe(EDITS)
    expect(found).toMatchObject({ lost: [], extra: [], crashes: [] })
  })
})
