import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findProject, listImages } from '../lib/api.ts'
import { chromiumPath, takePicture } from '../lib/browser.ts'
import { findBarriers } from '../lib/check-access.ts'
import { drawPictures } from '../lib/pictures.ts'
import { openLook, register, type Visitor, visit } from '../lib/visitor.ts'

const SOON = { timeout: 20_000 }

describe.skipIf(!chromiumPath)('two people and a question', () => {
  let visitor: Visitor
  let theirs: BrowserContext
  let asker: Page
  let address: string

  beforeAll(async () => {
    visitor = await visit()
    await register(visitor)
    const { page, server, browser } = visitor
    const project = await findProject(visitor, (candidate) => candidate.taskType === 2001)
    await page.goto(`${server.url}/projects/${project.id}`)
    await page.getByText('Drop your images here').waitFor()
    const input = page.locator('input[type=file]').first()
    await input.setInputFiles(await drawPictures(page, 1))
    await page.getByText('disc-1.png').first().waitFor()
    const [image] = await listImages(visitor, project.id, 'order=oldest')
    address = `${server.url}/projects/${project.id}/annotate?image=%22${image?.id}%22`

    theirs = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-US' })
    asker = await theirs.newPage()
    const data = { username: 'vesal', email: 'vesal@example.org', password: 'a long password' }
    const { user } = await (await asker.request.post(`${server.url}/api/v1/auth/register`, { data })).json()
    await page.request.post(`${server.url}/api/v1/images/${image?.id}/editors`, { data: { userId: user.id } })
  })
  afterAll(async () => {
    await theirs?.close()
    await visitor?.leave()
  })

  it('one asks about a lesion at its place, the other hears of it, answers, and jumps there', async () => {
    const { page } = visitor
    await asker.goto(address)
    await asker.getByRole('button', { name: 'Ask about this image' }).click()
    await asker.getByRole('region', { name: 'Discussions' }).getByRole('button', { name: 'Pin to a place' }).click()
    await asker.getByRole('button', { name: /^Click where/ }).waitFor(SOON)
    await asker.keyboard.press('ArrowRight')
    await asker.keyboard.press('Enter')
    await asker.getByRole('button', { name: /^Without pin/ }).waitFor(SOON)
    await asker.getByLabel('Question about this image').fill('Is **this** a lesion, @ada?')
    await asker.keyboard.press('Control+Enter')
    await asker.getByRole('button', { name: /^Discussion 1: / }).waitFor(SOON)

    await page.getByRole('button', { name: 'Notifications (1 new)' }).click(SOON)
    await page.getByRole('link', { name: /vesal mentioned you/ }).waitFor(SOON)
    expect(await findBarriers(page)).toEqual([])
    await takePicture(page, 'talk-notifications')
    await page.getByRole('link', { name: /vesal mentioned you/ }).click()
    await page.locator('strong', { hasText: 'this' }).waitFor(SOON)
    await page.getByLabel('Answer').fill('Yes: 病灶边界清楚。')
    await page.keyboard.press('Control+Enter')
    await page.getByText('病灶边界清楚').first().waitFor(SOON)
    expect(await findBarriers(page)).toEqual([])
    await takePicture(page, 'talk-messages')
    await asker.getByText('病灶边界清楚').first().waitFor(SOON)
    await takePicture(asker, 'talk-beside')

    await page.getByRole('link', { name: 'Go to the place' }).click()
    const pin = page.getByRole('button', { name: /^Discussion 1: Is/ })
    await pin.waitFor(SOON)
    expect(await pin.getAttribute('data-opened')).toBe('true')
    await page.getByRole('region', { name: 'Thread' }).getByText('病灶边界清楚').waitFor(SOON)
    expect(await findBarriers(page)).toEqual([])
    await takePicture(page, 'talk-place')
    expect(visitor.crashes).toEqual([])
  })

  it('the page reads well in Chinese, in the dark, and on a telephone', async () => {
    const look = await openLook(visitor, { language: 'zh', theme: 'dark' })
    const page = await look.newPage()
    await page.setViewportSize({ width: 375, height: 720 })
    await page.goto(`${visitor.server.url}/messages`)
    await page.getByText('disc-1.png').click()
    await page.getByRole('link', { name: '全部消息' }).waitFor(SOON)
    await page.getByRole('region', { name: '会话' }).getByText('病灶边界清楚').waitFor(SOON)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(375)
    expect(await findBarriers(page)).toEqual([])
    await takePicture(page, 'talk-narrow')
    await page.getByRole('link', { name: '全部消息' }).click()
    await page.getByRole('link', { name: '新消息' }).waitFor(SOON)
    expect(await findBarriers(page)).toEqual([])
    await takePicture(page, 'talk-narrow-list')
    await page.getByRole('link', { name: '新消息' }).click()
    await takePicture(page, 'talk-narrow-new')
    await look.close()
  })
})
