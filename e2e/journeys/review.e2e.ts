import type { DetectionLabelData, Image, ReviewComment } from '@vesalius/contracts'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ask, findProject, listImages, readLabel } from '../lib/api.ts'
import { chromiumPath, takePicture } from '../lib/browser.ts'
import { findBarriers } from '../lib/check-access.ts'
import { drawPictures } from '../lib/pictures.ts'
import { register, type Visitor, visit } from '../lib/visitor.ts'

const SOON = { timeout: 20_000 }
const SIDE = 64

describe.skipIf(!chromiumPath)('two people and a label', () => {
  let visitor: Visitor
  let theirs: BrowserContext
  let annotator: Page
  let projectId: string
  let images: Image[]

  const api = async (page: Page, method: string, path: string, data?: unknown) => {
    const response = await page.request.fetch(`${visitor.server.url}/api/v1${path}`, {
      method,
      ...(data === undefined ? {} : { data }),
    })
    if (!response.ok()) throw new Error(`${method} ${path} answered ${response.status()}: ${await response.text()}`)
    return response.status() === 204 ? null : response.json()
  }
  const annotate = async (page: Page, index: number) => {
    const image = images[index]
    await page.goto(`${visitor.server.url}/projects/${projectId}/annotate?order=%22oldest%22&image=%22${image?.id}%22`)
    await page.getByRole('heading', { name: image?.name ?? '' }).waitFor()
    await page.locator('aside button:not([disabled])', { hasText: 'Submit and next' }).waitFor()
  }
  const onPage = async (page: Page, [x, y]: [number, number]): Promise<[number, number]> => {
    const box = await page.getByRole('img', { name: /^Image / }).boundingBox()
    if (!box) throw new Error('there is no image on the page')
    const scale = Math.min((box.width - 32) / SIDE, (box.height - 32) / SIDE, 8)
    const [left, top] = [box.x + (box.width - SIDE * scale) / 2, box.y + (box.height - SIDE * scale) / 2]
    return [left + x * scale, top + y * scale]
  }
  const drag = async (page: Page, from: [number, number], to: [number, number]) => {
    await page.mouse.move(...(await onPage(page, from)))
    await page.mouse.down()
    await page.mouse.move(...(await onPage(page, to)), { steps: 4 })
    await page.mouse.up()
  }
  const boxesOf = async (index: number) =>
    ((await readLabel(visitor, images[index]?.id ?? '')).data as DetectionLabelData).boxes.map(({ box }) =>
      box.map(Math.round),
    )
  const imageOf = (index: number) => ask<Image>(visitor, `/images/${images[index]?.id}`)

  beforeAll(async () => {
    visitor = await visit()
    await register(visitor)
    const { page, server, browser } = visitor
    const project = await findProject(visitor, (candidate) => candidate.taskType === 2001)
    projectId = project.id
    await page.goto(`${server.url}/projects/${projectId}`)
    await page.getByText('Drop your images here').waitFor()
    await page
      .locator('input[type=file]')
      .first()
      .setInputFiles(await drawPictures(page, 3))
    for (const name of ['disc-1.png', 'disc-2.png', 'disc-3.png']) await page.getByText(name).first().waitFor()
    images = await listImages(visitor, projectId, 'order=oldest')

    theirs = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-US' })
    annotator = await theirs.newPage()
    const person = { username: 'vesal', email: 'vesal@example.org', password: 'a long password' }
    const { user } = await api(annotator, 'POST', '/auth/register', person)
    for (const { id } of images) await api(page, 'POST', `/images/${id}/editors`, { userId: user.id })
  })
  afterAll(async () => {
    await theirs?.close()
    await visitor?.leave()
  })

  it('see each other, and merge what both drew mark by mark', async () => {
    const { page } = visitor
    await annotate(page, 0)
    await annotate(annotator, 0)
    await annotator.getByText('ada is looking at this image').waitFor()
    await drag(annotator, [4, 4], [24, 20])
    await page.getByText('Being edited by vesal').waitFor()
    await drag(page, [30, 30], [50, 60])
    await annotator.getByText('Being edited by ada').waitFor()
    await annotator.keyboard.press('Enter')
    await page.getByText('vesal submitted a label meanwhile').waitFor()
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog', { name: /disc-1.png/ })
    await dialog.getByText('Everything of both is kept').waitFor()
    await dialog.locator('canvas').first().waitFor()
    await takePicture(page, 'merge')
    expect(await findBarriers(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Save this' }).click()
    await expect
      .poll(() => boxesOf(0), SOON)
      .toEqual([
        [4, 4, 20, 16],
        [30, 30, 20, 30],
      ])
    const { items } = await ask<{ items: { authorName: string | null }[] }>(
      visitor,
      `/images/${images[0]?.id}/label/revisions`,
    )
    expect(items.map(({ authorName }) => authorName)).toEqual(['ada', 'vesal', null])
  })

  it('turn review on in the settings', async () => {
    const { page, server } = visitor
    await page.goto(`${server.url}/projects/${projectId}/review`)
    await page.getByText('Labels are not reviewed here').waitFor()
    expect(await findBarriers(page)).toEqual([])
    await page.getByRole('link', { name: 'Open settings' }).click()
    await page.getByText('reviewed, always').click()
    await expect
      .poll(async () => (await findProject(visitor, (project) => project.id === projectId)).reviewMode, SOON)
      .toBe('required')
  })

  it('reject with a pin by keys; the annotator hears of it, corrects it, and it is accepted', async () => {
    const { page, server } = visitor
    await annotate(annotator, 1)
    await drag(annotator, [10, 10], [50, 50])
    await annotator.keyboard.press('Enter')
    await expect.poll(async () => (await imageOf(1)).annotatedBy, SOON).not.toBeNull()

    await page.goto(`${server.url}/projects/${projectId}/review?image=%22${images[1]?.id}%22`)
    await page.getByText('Annotated by vesal').waitFor()
    await page.getByRole('img', { name: /^Image / }).waitFor()
    await page.keyboard.press('x')
    await page.keyboard.type('Only the disc, please')
    await page.getByRole('button', { name: 'Pin to a place' }).click()
    await page.mouse.click(...(await onPage(page, [32, 32])))
    await takePicture(page, 'review')
    expect(await findBarriers(page)).toEqual([])
    await page.getByRole('button', { name: 'Reject and send back' }).click()
    await expect.poll(async () => (await imageOf(1)).review, SOON).toBe('rejected')
    const [remark] = (await ask<{ items: ReviewComment[] }>(visitor, `/images/${images[1]?.id}/comments`)).items
    expect([remark?.place?.x, remark?.place?.y].map((value) => Math.round(value ?? 0))).toEqual([32, 32])

    await annotator.getByText('ada sent disc-2.png back').waitFor()
    await annotator.getByRole('button', { name: 'Correct it now' }).click()
    await annotator.getByRole('heading', { name: 'disc-2.png' }).waitFor()
    await annotator.getByRole('button', { name: 'Remark 1: Only the disc, please' }).waitFor()
    await annotator.locator('aside').getByText('Only the disc, please').first().waitFor()
    await takePicture(annotator, 'rejected')
    expect(await findBarriers(annotator)).toEqual([])
    await annotator.keyboard.press('Control+a')
    await annotator.keyboard.press('Delete')
    await drag(annotator, [20, 20], [44, 44])
    await annotator.getByRole('button', { name: 'Resolve' }).click()
    await annotator.getByText('No open remarks').waitFor()
    await annotator.keyboard.press('Enter')
    await expect.poll(async () => (await imageOf(1)).review, SOON).toBe('unreviewed')

    await page.goto(`${server.url}/projects/${projectId}/review?image=%22${images[1]?.id}%22`)
    await page.getByText('Annotated by vesal').waitFor()
    await page.getByRole('img', { name: /marks?$/ }).waitFor()
    await page.keyboard.press('a')
    await expect.poll(async () => (await imageOf(1)).review, SOON).toBe('accepted')
    await page.goto(`${server.url}/projects/${projectId}?review=%22accepted%22`)
    await page.locator('article').first().waitFor()
    expect(await page.locator('article').count()).toBe(1)
    await takePicture(page, 'gallery-review')
    expect(visitor.crashes).toEqual([])
  })
})
