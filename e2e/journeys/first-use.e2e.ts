import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { removeData, type ServerProcess, startServer } from '@vesalius/bench/server-process'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chromiumPath, openBrowser, takePicture } from '../lib/browser.ts'

describe.skipIf(!chromiumPath)('the first hour of a new user', () => {
  let server: ServerProcess
  let browser: Browser
  let page: Page
  const crashes: string[] = []

  beforeAll(async () => {
    server = await startServer()
    browser = await openBrowser()
    page = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: 'en-US' })
    page.on('pageerror', (error) => crashes.push(error.message))
  })
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
    if (server) await removeData(server)
  })

  it('begins with an account that is administrator', async () => {
    await page.goto(server.url)
    await page.getByLabel('User name').fill('ada')
    await page.getByLabel('Email').fill('ada@example.org')
    await page.locator('input[type=password]').fill('a long password')
    await takePicture(page, 'register')
    await page.getByRole('button', { name: 'Create account' }).click()
    await page.getByRole('button', { name: 'Try the samples' }).waitFor()
    await takePicture(page, 'home')
  })

  it('goes on with sample images and a model that is trained on the spot', async () => {
    await page.getByRole('button', { name: 'Try the samples' }).click()
    await page.waitForURL(/\/training/, { timeout: 60_000 })
    await page.getByText('What the model can do').waitFor({ timeout: 120_000 })
    await takePicture(page, 'training')
  })

  it('shows the first guesses for what nobody answered', async () => {
    await page.getByRole('link', { name: 'Gallery' }).first().click()
    await page.getByText(/%/).first().waitFor({ timeout: 30_000 })
    await takePicture(page, 'gallery')
  })

  it('keeps a corrected answer in the label file', async () => {
    await page.getByRole('link', { name: 'Annotate' }).first().click()
    await page.getByRole('button', { name: 'Skip' }).waitFor()
    await takePicture(page, 'annotate')
    const before = countPersonLabels(server.dataDirectory)
    await page.keyboard.press('2')
    await page.keyboard.press('Enter')
    await expect.poll(() => countPersonLabels(server.dataDirectory), { timeout: 10_000 }).toBe(before + 1)
  })

  it('speaks Chinese as well', async () => {
    const context = await browser.newContext({ locale: 'zh-CN', viewport: { width: 1280, height: 800 } })
    const chinese = await context.newPage()
    await chinese.goto(server.url)
    await expect.poll(() => chinese.locator('body').innerText()).toMatch(/登录/)
    await takePicture(chinese, 'sign-in-zh')
    await context.close()
  })

  it('met no script error', () => {
    expect(crashes).toEqual([])
  })
})

function countPersonLabels(dataDirectory: string): number {
  const users = join(dataDirectory, 'users')
  return readdirSync(users)
    .flatMap((user) => readdirSync(join(users, user)).map((name) => join(users, user, name)))
    .filter((file) => file.endsWith('.label'))
    .filter((file) => JSON.parse(readFileSync(file, 'utf8')).meta.author.kind === 'person').length
}
