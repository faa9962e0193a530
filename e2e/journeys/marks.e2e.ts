import { readFile } from 'node:fs/promises'
import { type DetectionLabelData, decodeRle, type Image, type SegmentationLabelData } from '@vesalius/contracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ask, findProject, listImages, readLabel } from '../lib/api.ts'
import { chromiumPath, takePicture } from '../lib/browser.ts'
import { findBarriers } from '../lib/check-access.ts'
import { drawPictures, placeOnPage } from '../lib/pictures.ts'
import { register, type Visitor, visit } from '../lib/visitor.ts'

const SOON = { timeout: 20_000 }
/** Side of the pictures. */
const SIDE = 64

describe.skipIf(!chromiumPath)('marks drawn by a person', () => {
  let visitor: Visitor
  let images: Image[]

  beforeAll(async () => {
    visitor = await visit()
    await register(visitor)
  })
  afterAll(() => visitor?.leave())

  const begin = async (taskType: number) => {
    const { page, server } = visitor
    const project = await findProject(visitor, (candidate) => candidate.taskType === taskType)
    await page.goto(`${server.url}/projects/${project.id}`)
    await page.getByText('Drop your images here').waitFor()
    await page.locator('input[type=file]').setInputFiles(await drawPictures(page, 3))
    await page.locator('article').nth(2).waitFor()
    images = await listImages(visitor, project.id, 'order=oldest')
    await page.goto(`${server.url}/projects/${project.id}/annotate?order=%22oldest%22&image=%22${images[0]?.id}%22`)
    await shown(0)
  }
  const shown = async (index: number) => {
    const { page } = visitor
    await page.getByRole('heading', { name: images[index]?.name ?? '' }).waitFor()
    await page.locator('canvas[data-shown="true"]').waitFor()
    await page.locator('aside button:not([disabled])', { hasText: 'Submit and next' }).waitFor()
    await page.getByText('All answers saved').waitFor()
  }
  /** Drags through places of the image. */
  const drag = async (...places: [number, number][]) => {
    const { page } = visitor
    for (const [index, place] of places.entries()) {
      await page.mouse.move(...(await onPage(place)), { steps: index === 0 ? 1 : 4 })
      if (index === 0) await page.mouse.down()
    }
    await page.mouse.up()
  }
  const click = async (...places: [number, number][]) => {
    for (const place of places) await visitor.page.mouse.click(...(await onPage(place)))
  }
  const onPage = (place: [number, number]) => placeOnPage(visitor.page, place)
  const marksListed = (count: number) =>
    expect.poll(() => visitor.page.locator('li[class*=row]').count(), SOON).toBe(count)
  const dataOf = async <Data>(index: number) => (await readLabel(visitor, images[index]?.id ?? '')).data as Data
  const isAnnotated = async (index: number) =>
    (await ask<Image>(visitor, `/images/${images[index]?.id}`)).annotatedAt !== null
  const boxesOf = async (index: number) =>
    (await dataOf<DetectionLabelData>(index)).boxes.map(({ box }) => box.map(Math.round))

  it('boxes: drawn, moved, resized and undone, they are in the label file as they were drawn', async () => {
    const { page } = visitor
    await begin(2001)
    await drag([10, 12], [30, 30], [40, 50])
    await marksListed(1)
    await drag([25, 30], [35, 34])
    await drag([50, 54], [60, 60])
    await drag([4, 2], [12, 8])
    await marksListed(2)
    await page.keyboard.press('Control+z')
    await marksListed(1)
    await page.keyboard.press('Control+Shift+z')
    await marksListed(2)
    await page.mouse.move(...(await onPage([32.5, 32.5])))
    await page.locator('output', { hasText: /^32, 32/ }).waitFor()
    await takePicture(page, 'boxes')
    expect(await findBarriers(page)).toEqual([])
    await page.keyboard.press('Enter')
    await shown(1)
    await expect
      .poll(() => boxesOf(0), SOON)
      .toEqual([
        [20, 16, 40, 44],
        [4, 2, 8, 6],
      ])
  })

  it('are taken back on the server when their submission is undone', async () => {
    const { page } = visitor
    expect(await isAnnotated(0)).toBe(true)
    await page.keyboard.press('Control+z')
    await page.getByRole('heading', { name: images[0]?.name ?? '' }).waitFor()
    await expect.poll(() => isAnnotated(0), SOON).toBe(false)
    await marksListed(2)
    await page.keyboard.press('Enter')
    await expect.poll(() => isAnnotated(0), SOON).toBe(true)
    await shown(1)
  })

  it('none at all says that nothing is there', async () => {
    await visitor.page.keyboard.press('Enter')
    await expect.poll(() => isAnnotated(1), SOON).toBe(true)
    expect(await boxesOf(1)).toEqual([])
  })

  it('not submitted yet survive a closed tab', async () => {
    const { page } = visitor
    await shown(2)
    await drag([12, 12], [30, 30])
    await marksListed(1)
    await page.waitForTimeout(800)
    await page.close({ runBeforeUnload: false })
    visitor.page = await page.context().newPage()
    await visitor.page.goto(page.url())
    await shown(2)
    await marksListed(1)
    await visitor.page.getByText('Changed, not submitted').waitFor()
    await visitor.page.keyboard.press('Enter')
    await expect.poll(() => boxesOf(2), SOON).toEqual([[12, 12, 18, 18]])
  })

  it('can be drawn with the keyboard alone', async () => {
    const { page } = visitor
    // The first step leaves the end of the queue.
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('ArrowLeft')
    await shown(1)
    await page.keyboard.press('d')
    await page.keyboard.press('Shift+ArrowLeft')
    await page.keyboard.press('Control+Shift+ArrowDown')
    await page.keyboard.press('Enter')
    await expect.poll(() => boxesOf(1), SOON).toEqual([[15, 16, 32, 33]])
    await page.keyboard.press('ArrowLeft')
    await shown(1)
    await page.keyboard.press('Control+a')
    await page.keyboard.press('Delete')
    await page.keyboard.press('Enter')
    await expect.poll(() => boxesOf(1), SOON).toEqual([])
  })

  it('of two people on one image are all kept', async () => {
    const { page, server } = visitor
    await page.keyboard.press('ArrowLeft')
    await shown(1)
    const { type, data } = await readLabel(visitor, images[1]?.id ?? '')
    const theirs = { ...data, boxes: [{ id: 'theirs', class: 0, box: [1, 1, 9, 9] }] }
    // Begun before theirs came: what comes before lies under the answer already, and nothing has to be merged.
    await drag([20, 20], [40, 40])
    await page.request.put(`${server.url}/api/v1/images/${images[1]?.id}/label`, { data: { type, data: theirs } })
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').getByText('Everything of both is kept').waitFor()
    await page.getByRole('button', { name: 'Save this' }).click()
    await expect
      .poll(() => boxesOf(1), SOON)
      .toEqual([
        [1, 1, 9, 9],
        [20, 20, 20, 20],
      ])
  })

  it('go to another program and come back over what was moved meanwhile', async () => {
    const { page, server } = visitor
    await page.goto(`${server.url}/projects/${images[0]?.projectId}/settings`)
    const card = (title: string) =>
      page.locator('section').filter({ has: page.getByRole('heading', { name: title, exact: true }) })
    const voc = page.getByRole('option', { name: 'Pascal VOC' })
    // The list may close again while the page still settles.
    const open = async () => {
      await card('Export').getByRole('combobox', { name: 'Format' }).press('ArrowDown')
      return voc.isVisible()
    }
    await expect.poll(open, SOON).toBe(true)
    await voc.click()
    await card('Export').getByRole('button', { name: 'Export', exact: true }).click()
    const waiting = page.waitForEvent('download')
    await page.getByRole('link', { name: 'Download', exact: true }).click()
    const path = await (await waiting).path()
    const { type, data } = await readLabel(visitor, images[0]?.id ?? '')
    const moved = { ...data, boxes: [{ id: 'moved', class: 0, box: [1, 1, 5, 5] }] }
    await page.request.put(`${server.url}/api/v1/images/${images[0]?.id}/label`, { data: { type, data: moved } })
    await card('Import annotations')
      .locator('input[type=file]')
      .first()
      .setInputFiles({
        name: 'boxes.zip',
        mimeType: 'application/zip',
        buffer: await readFile(path),
      })
    await page.getByText('boxes.zip: no image would change').waitFor()
    await page.getByText('Read as Pascal VOC').waitFor()
    await page.getByText('1 image stays as a person annotated it').waitFor()
    await page.getByText('2 images say the same already').waitFor()
    await page.getByText('also where a person annotated already').click()
    await page.getByText('boxes.zip: 1 image would change').waitFor()
    await takePicture(page, 'import')
    await page.getByRole('button', { name: 'Write 1 image' }).click()
    await page.getByText('boxes.zip: 1 image written').waitFor()
    expect(await boxesOf(0)).toEqual([
      [20, 16, 40, 44],
      [4, 2, 8, 6],
    ])
  })

  it('cells: polygons and strokes become masks of their own, pixel by pixel', async () => {
    const { page } = visitor
    await begin(3004)
    await page.keyboard.press('p')
    await click([8, 8], [24, 8], [24, 20], [8, 20])
    await page.keyboard.press('Enter')
    await marksListed(1)
    // Beside the cell that is selected another one begins.
    await page.keyboard.press('b')
    await drag([45, 40], [50, 44])
    await marksListed(2)
    await page.keyboard.press('Escape')
    await page.keyboard.press('p')
    await click([20, 16], [36, 16], [36, 28], [20, 28])
    await page.keyboard.press('Enter')
    await marksListed(3)
    await takePicture(page, 'cells')
    expect(await findBarriers(page)).toEqual([])
    await page.keyboard.press('Enter')
    await shown(1)
    const { masks, size } = await dataOf<SegmentationLabelData>(0)
    const [first, stroke, second] = masks.map(({ rle }) => decodeRle(rle, size))
    const inside = (x: number, y: number, left: number, top: number, right: number, bottom: number) =>
      x >= left && x < right && y >= top && y < bottom
    const expected = (isInside: (x: number, y: number) => boolean) =>
      Uint8Array.from({ length: SIDE * SIDE }, (_, at) => Number(isInside(at % SIDE, Math.floor(at / SIDE))))
    const isFirst = (x: number, y: number) => inside(x, y, 8, 8, 24, 20)
    expect(first).toEqual(expected(isFirst))
    expect(second).toEqual(expected((x, y) => inside(x, y, 20, 16, 36, 28) && !isFirst(x, y)))
    expect(stroke?.[40 * SIDE + 45]).toBe(1)
    expect(stroke?.[44 * SIDE + 50]).toBe(1)
    expect(stroke?.[20 * SIDE + 50]).toBe(0)
  })

  it('come back as they were submitted, and can be split, merged and deleted', async () => {
    const { page } = visitor
    await page.keyboard.press('ArrowLeft')
    await shown(0)
    await marksListed(3)
    await page.keyboard.press('x')
    await drag([16, 2], [16, 26])
    await marksListed(4)
    await page.keyboard.press('v')
    await click([10, 10])
    await page.keyboard.down('Shift')
    await click([20, 10])
    await page.keyboard.up('Shift')
    await page.keyboard.press('m')
    await marksListed(3)
    await page.keyboard.press('Delete')
    await marksListed(2)
    await page.keyboard.press('Enter')
    await expect.poll(async () => (await dataOf<SegmentationLabelData>(0)).masks.length, SOON).toBe(2)
    expect(visitor.crashes).toEqual([])
  })
})
