import type { BoundingBox, DetectionLabelData, Image } from '@vesalius/contracts'
import type { Browser, Page } from 'playwright-core'
import sharp from 'sharp'
import { createGenerator } from '../active-learning/generator.ts'
import { Client } from '../lib/client.ts'
import { placeOnPage } from '../lib/place-on-page.ts'

/** Cells of the image that edits are laid in: each edit has one of its own. */
const [COLUMNS, ROWS, CELL] = [20, 10, 12]
const SIDES = { width: COLUMNS * CELL, height: ROWS * CELL }
const BOX = 8
const STEP = 2
const MOST_EDITS = COLUMNS * ROWS
const LONGEST_PAUSE_MS = 400
/** A page that shows nothing new for so long has failed. */
const PATIENCE_MS = 60_000

interface Given {
  url: string
  browser: Browser
  /** Of both together, 200 at most. */
  edits: number
  seed: number
  /** After this time no further edit is begun. */
  limitMs: number
}

export interface Together {
  edits: { drawn: number; moved: number; removed: number }
  /** Times the second to submit was shown what both did, and kept both. */
  merges: number
  /** Submissions that the server refused since their label was no longer the newest (412). */
  refused: number
  /** Marks that should be there and are not, or stand elsewhere. */
  lost: string[]
  /** Marks that are there and should not be: removed ones that came back, others twice. */
  extra: string[]
  /** Script errors of either page. */
  crashes: string[]
}

/**
 * Two people in two browsers edit the same image at random times: each draws boxes, moves and removes own ones, and
 * submits; where the other was faster, the merge screen keeps both. Afterwards the label must hold every mark where
 * its person left it. The same seed makes the same edits; their order in time is the machine's.
 */
export async function editTogether({ url, browser, edits, seed, limitMs }: Given): Promise<Together> {
  if (edits > MOST_EDITS) throw new RangeError(`at most ${MOST_EDITS} edits have a place of their own`)
  const [first, second] = [new Client(url), new Client(url)]
  await first.register('ada')
  await second.register('vesal')
  const project = await first.createProject('Together', 2001, ['cell'])
  const picture = await sharp({ create: { ...SIDES, channels: 3, background: '#806070' } })
    .png()
    .toBuffer()
  const [item] = await first.upload(project, [{ name: 'shared.png', bytes: picture }])
  if (!item || !('image' in item)) throw new Error('the picture was not taken')
  const image = item.image
  const { id: userId } = await second.json<{ id: string }>('GET', '/me')
  await first.send('POST', `/images/${image.id}/editors`, { userId })

  const end = Date.now() + limitMs
  const together: Together = {
    ...{ edits: { drawn: 0, moved: 0, removed: 0 }, merges: 0, refused: 0 },
    ...{ lost: [], extra: [], crashes: [] },
  }
  const expected = new Set<string>()
  await Promise.all(
    [first, second].map(async (client, person) => {
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-US' })
      await context.setExtraHTTPHeaders({ cookie: client.cookie })
      const page = await context.newPage()
      page.on('pageerror', (error) => together.crashes.push(error.message))
      page.on('response', (response) => {
        if (response.status() === 412) together.refused += 1
      })
      await page.goto(`${url}/projects/${project.id}/annotate?image=%22${image.id}%22`)
      const cells = Array.from({ length: Math.floor((edits + 1 - person) / 2) }, (_, index) => 2 * index + person)
      const editor = { page, together, expected, random: createGenerator(seed + person) }
      await editAll(editor, cells, end)
      await context.close()
    }),
  )
  compare(together, expected, await readBoxes(first, image))
  return together
}

interface Editor {
  page: Page
  together: Together
  /** Boxes as they should be in the end, of both. */
  expected: Set<string>
  random: () => number
}

async function editAll(editor: Editor, cells: readonly number[], end: number): Promise<void> {
  const { page, together, expected, random } = editor
  const own: BoundingBox[] = []
  for (const cell of cells) {
    if (Date.now() > end) return
    await page.locator('canvas[data-shown="true"]').waitFor({ timeout: PATIENCE_MS })
    await page.waitForTimeout(random() * LONGEST_PAUSE_MS)
    await page.keyboard.press('Escape')
    const chance = random()
    const earlier = chance < 0.25 ? own.splice(Math.floor(random() * own.length), 1)[0] : undefined
    if (earlier) {
      const middle = [earlier[0] + BOX / 2, earlier[1] + BOX / 2] as const
      await page.mouse.click(...(await placeOnPage(page, middle)))
      expected.delete(nameOf(earlier))
      if (chance < 0.1) {
        await page.keyboard.press('Delete')
        together.edits.removed += 1
      } else {
        const [x, y, width, height] = earlier
        for (const key of ['Shift+ArrowRight', 'Shift+ArrowDown']) {
          for (let step = 0; step < STEP; step += 1) await page.keyboard.press(key)
        }
        expected.add(nameOf([x + STEP, y + STEP, width, height]))
        together.edits.moved += 1
      }
    } else {
      const box: BoundingBox = [(cell % COLUMNS) * CELL + 1, Math.floor(cell / COLUMNS) * CELL + 1, BOX, BOX]
      await page.mouse.move(...(await placeOnPage(page, [box[0], box[1]])))
      await page.mouse.down()
      await page.mouse.move(...(await placeOnPage(page, [box[0] + BOX, box[1] + BOX])), { steps: 3 })
      await page.mouse.up()
      own.push(box)
      expected.add(nameOf(box))
      together.edits.drawn += 1
    }
    await page.waitForTimeout(random() * LONGEST_PAUSE_MS)
    await submit(editor)
  }
}

/** Submits, keeps both people's marks where the other was faster, and comes back to the image. */
async function submit({ page, together, random }: Editor): Promise<void> {
  const answered = () =>
    page.waitForResponse(
      (response) => response.request().method() === 'PUT' && /\/label$/.test(new URL(response.url()).pathname),
      { timeout: PATIENCE_MS },
    )
  const keep = page.getByRole('button', { name: 'Save this' })
  let [answer] = await Promise.all([answered(), page.keyboard.press('Enter')])
  // Submitted once more by the other meanwhile, the dialog comes back with what is new.
  while (answer.status() === 412) {
    await keep.waitFor({ timeout: PATIENCE_MS })
    await page.waitForTimeout(random() * LONGEST_PAUSE_MS)
    ;[answer] = await Promise.all([answered(), keep.click({ timeout: PATIENCE_MS })])
    together.merges += 1
  }
  if (!answer.ok()) throw new Error(`the label was not taken: ${answer.status()}`)
  await page.getByText('All answers saved').waitFor({ timeout: PATIENCE_MS })
  await page.keyboard.press('ArrowLeft')
}

async function readBoxes(client: Client, image: Image): Promise<BoundingBox[]> {
  const label = await client.json<{ data: DetectionLabelData }>('GET', `/images/${image.id}/label`)
  return label.data.boxes.map(({ box }) => box)
}

function compare(together: Together, expected: ReadonlySet<string>, boxes: readonly BoundingBox[]): void {
  const left = new Set(expected)
  for (const box of boxes) if (!left.delete(nameOf(box))) together.extra.push(nameOf(box))
  together.lost.push(...left)
}

/** A hand hits pixels of the page, not of the image: a box is known by the cell and the place of its middle in it. */
const nameOf = ([x, y, width, height]: BoundingBox) => `${Math.round(x + width / 2)} ${Math.round(y + height / 2)}`
