import { zipOf } from '@vesalius/bench/zip-of'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findProject, listImages } from '../lib/api.ts'
import { chromiumPath, takePicture } from '../lib/browser.ts'
import { findBarriers } from '../lib/check-access.ts'
import { drawPictures } from '../lib/pictures.ts'
import { openLook, register, type Visitor, visit } from '../lib/visitor.ts'

const text = (value: string) => new TextEncoder().encode(value)

/** A picture with a name written into its pixels. */
async function drawName(page: Page): Promise<Buffer> {
  const encoded = await page.evaluate(() => {
    const canvas = document.createElement('canvas')
    canvas.width = 320
    canvas.height = 200
    const pen = canvas.getContext('2d')
    if (pen) {
      pen.fillStyle = '#223'
      pen.fillRect(0, 0, 320, 200)
      pen.fillStyle = '#fff'
      pen.font = '18px sans-serif'
      pen.fillText('MUSTER ANNA 1961-04-12', 8, 24)
    }
    return canvas.toDataURL('image/png').split(',')[1] ?? ''
  })
  return Buffer.from(encoded, 'base64')
}

describe.skipIf(!chromiumPath)('many images at once', () => {
  let visitor: Visitor
  let project: { id: string; classes: string[] }

  beforeAll(async () => {
    visitor = await visit()
    await register(visitor)
    project = await findProject(visitor, ({ taskType, isDefault }) => taskType === 1001 && isDefault)
  }, 180_000)
  afterAll(() => visitor?.leave())

  it('come in a zip, with their labels, and the report tells of each file', async () => {
    const { page, server } = visitor
    await page.goto(`${server.url}/projects/${project.id}`)
    await page.getByRole('heading', { name: 'Drop your images here' }).waitFor()
    const [one, two] = await drawPictures(page, 2)
    const [first = '', second = ''] = project.classes
    const label = { type: 1001, data: { key: { 0: first, 1: second }, value: 1 } }
    const archive = await zipOf([
      { path: 'day/one.png', bytes: one?.buffer ?? new Uint8Array() },
      { path: 'day/one.label', bytes: text(JSON.stringify(label)) },
      { path: 'day/two.png', bytes: two?.buffer ?? new Uint8Array() },
      { path: 'day/notes.txt', bytes: text('no picture') },
      { path: 'day/alone.label', bytes: text(JSON.stringify(label)) },
    ])
    await page.getByRole('button', { name: 'Import', exact: true }).click()
    await page.getByRole('dialog', { name: 'Import images' }).waitFor()
    expect(await findBarriers(page)).toEqual([])
    await page
      .locator('input[type=file][accept*="zip,application"]')
      .setInputFiles({ name: 'scans.zip', mimeType: 'application/zip', buffer: Buffer.from(archive) })
    await page.getByRole('link', { name: 'Report', exact: true }).click()
    await page.getByText('2 images added').waitFor({ timeout: 60_000 })
    await page.getByText('1 label file taken as annotation').waitFor()
    await page.getByRole('button', { name: 'Refused files' }).click()
    await page.getByText('day/notes.txt').waitFor()
    await page.getByText('There is no picture of this name beside it.').waitFor()
    await takePicture(page, 'imports-en-light')
    expect(await findBarriers(page)).toEqual([])
    const images = await listImages(visitor, project.id, 'order=name')
    expect(images.map(({ name, labelValue }) => [name, labelValue])).toEqual([
      ['one.png', 1],
      ['two.png', null],
    ])
  })

  it('the report is told in Chinese too, reasons among it', async () => {
    const context = await openLook(visitor, { language: 'zh', theme: 'dark' })
    const page = await context.newPage()
    await page.setViewportSize({ width: 768, height: 1024 })
    await page.goto(`${visitor.server.url}/projects/${project.id}/imports`)
    await page.getByRole('button', { name: '被拒绝的文件' }).click()
    await page.getByText('旁边没有同名的图片。').waitFor()
    expect(await page.getByText('There is no picture').count()).toBe(0)
    await takePicture(page, 'imports-zh-dark-tablet')
    expect(await findBarriers(page)).toEqual([])
    await context.close()
  })

  it('a name in the pixels is warned of, in the list and with the image, and can be filtered for', async () => {
    const { page, server } = visitor
    await page.goto(`${server.url}/projects/${project.id}`)
    await page.locator('article').first().waitFor()
    await page
      .locator('input[type=file]')
      .first()
      .setInputFiles({ name: 'named.png', mimeType: 'image/png', buffer: await drawName(page) })
    const tile = page.locator('article').filter({ hasText: 'named.png' })
    await tile.getByText('Text?').waitFor()
    await page.goto(`${server.url}/projects/${project.id}?burnedIn=true`)
    await tile.waitFor()
    expect(await page.locator('article').count()).toBe(1)
    await tile.getByRole('link').first().click()
    await page.getByRole('button', { name: 'About this file' }).click()
    await page.getByText('Something in the picture looks like text').waitFor()
    await page.getByText('There was nothing to remove.').waitFor()
    await takePicture(page, 'deidentification-en-light')
    expect(await findBarriers(page)).toEqual([])
  })

  it('what the list shows can be exported from it', async () => {
    const { page, server } = visitor
    await page.goto(`${server.url}/projects/${project.id}?annotated=true`)
    await page.locator('article').first().waitFor()
    await page.getByRole('button', { name: 'Export what the list shows…' }).click()
    await page.getByText('All images that the list shows now', { exact: false }).waitFor()
    await page.getByRole('button', { name: 'Export', exact: true }).click()
    await page.getByRole('link', { name: 'Download' }).waitFor({ timeout: 60_000 })
    await page.getByText('1 image, 1 mark', { exact: false }).waitFor()
    await takePicture(page, 'export-en-light')
    expect(await findBarriers(page)).toEqual([])
    expect(visitor.crashes).toEqual([])
  })
})
