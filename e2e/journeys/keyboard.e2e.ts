import {
  type BoundingBox,
  type DetectionLabelData,
  decodeRle,
  encodeRle,
  type Image,
  type SegmentationLabelData,
} from '@vesalius/contracts'
import type { FileChooser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findProject, listImages, readLabel } from '../lib/api.ts'
import { chromiumPath, takePicture } from '../lib/browser.ts'
import { cocoOf, importGuesses } from '../lib/guesses.ts'
import { expectFocus, tabTo } from '../lib/keyboard.ts'
import { drawPictures } from '../lib/pictures.ts'
import { PERSON, type Visitor, visit } from '../lib/visitor.ts'

const SOON = { timeout: 20_000 }
/** Of the pictures; the crosshair begins in the middle of the pixel behind half of it. */
const SIDE = 64
const BRUSH = 8
/** A square in the upper left corner. */
const CORNER = encodeRle(
  Uint8Array.from({ length: SIDE * SIDE }, (_, at) => Number(at % SIDE < 6 && at < 6 * SIDE)),
  [SIDE, SIDE],
)

/** No mouse from the first page to the last. */
describe.skipIf(!chromiumPath)('the whole journey with the keyboard alone', () => {
  let visitor: Visitor
  let images: Image[]
  let chooser: FileChooser | null = null

  beforeAll(async () => {
    visitor = await visit()
    // Listens from the beginning: who asks for choosers only right before Enter may ask too late.
    visitor.page.on('filechooser', (opened) => {
      chooser = opened
    })
  })
  afterAll(() => visitor?.leave())

  const press = async (...keys: string[]) => {
    for (const key of keys) await visitor.page.keyboard.press(key)
  }
  const type = (text: string) => visitor.page.keyboard.type(text)
  const button = (name: string | RegExp) => visitor.page.getByRole('button', { name })
  const link = (name: string | RegExp) => visitor.page.getByRole('link', { name })
  const times = (count: number, key: string) => Array.from({ length: count }, () => key)

  /** From a project's empty gallery to its first image with a guess. */
  const uploadAndOpen = async (guess: (images: Image[]) => [name: string, text: string]) => {
    const { page } = visitor
    await page.getByText('Drop your images here').waitFor()
    // A dialog that still closes takes the focus back to where it came from.
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    const projectId = /projects\/([^/?]+)/.exec(page.url())?.[1] ?? ''
    await openChooser()
    await chooser?.setFiles(await drawPictures(page, 2))
    await page.locator('article').nth(1).waitFor()
    images = await listImages(visitor, projectId, 'order=newest')
    await importGuesses(visitor, projectId, ...guess(images))
    await tabTo(page, page.getByRole('navigation').getByRole('link', { name: 'Annotate' }))
    await press('Enter')
    await shown(0)
  }
  const openChooser = async () => {
    chooser = null
    await tabTo(visitor.page, button('Choose files'))
    await press('Enter')
    await expect.poll(() => chooser, SOON).not.toBeNull()
  }
  const shown = async (index: number) => {
    const { page } = visitor
    await page.getByRole('heading', { name: images[index]?.name ?? '' }).waitFor()
    await page.locator('canvas[data-shown="true"]').waitFor()
    await page.locator('aside button:not([disabled])', { hasText: '↵' }).waitFor()
  }
  const submitted = async <Data>(index: number): Promise<Data> => {
    const label = () => readLabel(visitor, images[index]?.id ?? '')
    await expect.poll(async () => (await label()).meta?.author.kind, SOON).toBe('person')
    return (await label()).data as Data
  }
  const openDefault = async (taskType: number) => {
    const project = await findProject(visitor, (found) => found.taskType === taskType && found.isDefault)
    await tabTo(visitor.page, visitor.page.locator(`a[href="/projects/${project.id}"]`))
    await press('Enter')
    return project
  }
  const goHome = async () => {
    await tabTo(visitor.page, link('Vesalius'))
    await press('Enter')
  }

  it('begins with an account', async () => {
    const { page, server } = visitor
    await page.goto(server.url)
    await page.getByLabel('User name').waitFor()
    await tabTo(page, page.getByLabel('User name'))
    await expectFocus(page)
    await type(PERSON.username)
    await tabTo(page, page.getByLabel('Email'))
    await type(PERSON.email)
    await tabTo(page, page.locator('input[type=password]'))
    await type(PERSON.password)
    await press('Enter')
    await button('New project').waitFor()
  })

  it('classes: a project of one’s own, a wrong guess corrected, a right one taken over', async () => {
    const { page } = visitor
    await tabTo(page, button('New project'))
    await press('Enter')
    await page.getByRole('dialog', { name: 'New project' }).waitFor()
    await tabTo(page, page.getByRole('dialog').getByLabel('Name'))
    await expectFocus(page)
    await type('Discs')
    await tabTo(page, page.getByRole('dialog').getByLabel('Classes'))
    for (const name of ['round', 'oval']) {
      await type(name)
      await press('Enter')
    }
    await tabTo(page, button('Create project'))
    await press('Enter')
    await uploadAndOpen((found) => [
      'guesses.csv',
      ['image,class', ...found.map(({ name }) => `${name},round`)].join('\n'),
    ])
    await expect.poll(() => page.getByRole('radio', { name: 'round' }).getAttribute('aria-checked'), SOON).toBe('true')
    await press('2', 'Enter')
    await shown(1)
    await expect.poll(() => page.getByRole('radio', { name: 'round' }).getAttribute('aria-checked'), SOON).toBe('true')
    await press('Enter')
    expect(await submitted(0)).toMatchObject({ value: 1 })
    expect(await submitted(1)).toMatchObject({ value: 0 })
  })

  it('boxes: a guess moved, another one drawn with the crosshair', async () => {
    const { page } = visitor
    await goHome()
    const { classes } = await openDefault(2001)
    const box: BoundingBox = [4, 4, 12, 10]
    await uploadAndOpen((found) => [
      'guesses.json',
      cocoOf(
        classes,
        found.map((image) => ({ image, boxes: [{ class: 0, box }] })),
      ),
    ])
    await page.locator('li[class*=row]').waitFor()
    await press('n', 'Shift+ArrowRight', 'Shift+ArrowRight', 'Shift+ArrowDown', 'Escape')
    await press('c')
    await page.getByText('Crosshair at').waitFor()
    await takePicture(page, 'keyboard-crosshair')
    await press(...times(3, 'ArrowLeft'), ' ', ...times(9, 'ArrowRight'), ...times(7, 'ArrowDown'), ' ')
    await expect.poll(() => page.locator('li[class*=row]').count(), SOON).toBe(2)
    await press('c', 'Enter')
    await shown(1)
    const { boxes } = await submitted<DetectionLabelData>(0)
    const start = SIDE / 2 + 0.5
    expect(boxes.map((mark) => mark.box)).toEqual([
      [6, 5, 12, 10],
      [start - 3, start, 9, 7],
    ])
  })

  it('a mask: a guess taken over, a nucleus painted with the crosshair', async () => {
    const { page } = visitor
    await goHome()
    const { classes } = await openDefault(3004)
    await uploadAndOpen((found) => [
      'guesses.json',
      cocoOf(
        classes,
        found.map((image) => ({ image, masks: [{ class: 0, rle: CORNER }] })),
      ),
    ])
    await page.locator('li[class*=row]').waitFor()
    await press('b', 'c', ' ', ...times(6, 'ArrowRight'), ' ')
    await expect.poll(() => page.locator('li[class*=row]').count(), SOON).toBe(2)
    await press('c', 'Enter')
    await shown(1)
    const { masks, size } = await submitted<SegmentationLabelData>(0)
    const start = SIDE / 2 + 0.5
    const painted = Uint8Array.from({ length: SIDE * SIDE }, (_, at) => {
      const [x, y] = [(at % SIDE) + 0.5, Math.floor(at / SIDE) + 0.5]
      return Number(Math.hypot(x - Math.min(start + 6, Math.max(start, x)), y - start) <= BRUSH)
    })
    const drawn = masks.map(({ rle }) => decodeRle(rle, size))
    expect(drawn).toHaveLength(2)
    expect(drawn).toContainEqual(painted)
    expect(masks.map(({ rle }) => rle)).toContain(CORNER)
  })

  it('ends signed out', async () => {
    const { page } = visitor
    await tabTo(page, button('Account'))
    await press('Enter')
    await tabTo(page, button('Sign out'))
    await press('Enter')
    await page.getByLabel('User name or email').waitFor()
    expect(visitor.crashes).toEqual([])
  })
})
