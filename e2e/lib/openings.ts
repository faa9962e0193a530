import type { Locator, Page } from 'playwright-core'
import type { Words } from './pseudo.ts'

/** The words of the language that a page is shown in, by their keys. */
export type Say = (key: string) => string

export function sayer(words: Words): Say {
  return (key) => {
    const found = key.split('.').reduce<string | Words | undefined>((at, part) => (at as Words)?.[part], words)
    if (typeof found !== 'string') throw new Error(`there are no words "${key}"`)
    return found
  }
}

interface Opening {
  /** On which page of the journey. */
  on: string
  name: string
  open: (page: Page, say: Say) => Promise<void>
}

const button = (page: Page, name: string): Locator => page.getByRole('button', { name, exact: true }).first()
const clicks =
  (key: string): Opening['open'] =>
  (page, say) =>
    button(page, say(key)).click()
const presses =
  (key: string): Opening['open'] =>
  (page) =>
    page.keyboard.press(key)
const openTileMenu = (page: Page) => page.locator('article button[aria-haspopup=menu]').first().click()
const fromTileMenu =
  (key: string): Opening['open'] =>
  async (page, say) => {
    await openTileMenu(page)
    await page.getByRole('menuitem', { name: say(key), exact: true }).click()
  }
const openModelMenu = (page: Page) => page.locator('main button[aria-haspopup=menu]').last().click()
const openList =
  (key: string): Opening['open'] =>
  (page, say) =>
    page.getByLabel(say(key), { exact: true }).first().click()

/** Every menu, list and dialog that a page opens over itself. */
export const OPENINGS: readonly Opening[] = [
  { on: 'projects', name: 'account', open: clicks('account.menu') },
  {
    on: 'projects',
    name: 'tokens',
    open: async (page, say) => {
      await clicks('account.menu')(page, say)
      await clicks('account.tokens')(page, say)
    },
  },
  { on: 'projects', name: 'new-project', open: clicks('projects.new') },
  { on: 'projects', name: 'samples', open: clicks('projects.sampleStart') },
  { on: 'gallery', name: 'filters', open: clicks('filters.more') },
  { on: 'gallery', name: 'saved-filters', open: clicks('filters.saved') },
  {
    on: 'gallery',
    name: 'save-filter',
    open: async (page, say) => {
      await clicks('filters.saved')(page, say)
      await clicks('filters.save')(page, say)
    },
  },
  { on: 'gallery', name: 'states', open: openList('gallery.filterState') },
  { on: 'gallery', name: 'image-menu', open: openTileMenu },
  { on: 'gallery', name: 'rename', open: fromTileMenu('files.rename') },
  { on: 'gallery', name: 'share', open: fromTileMenu('files.share') },
  { on: 'gallery', name: 'copy', open: fromTileMenu('files.copy') },
  { on: 'gallery', name: 'import', open: clicks('imports.open') },
  { on: 'annotate', name: 'queue', open: clicks('flow.queue') },
  { on: 'annotate', name: 'facts', open: clicks('facts.open') },
  { on: 'annotate', name: 'beside', open: clicks('beside.title') },
  { on: 'annotate', name: 'turn', open: clicks('stage.turn') },
  { on: 'annotate', name: 'shades', open: clicks('annotate.adjust') },
  { on: 'annotate', name: 'shortcuts', open: presses('?') },
  { on: 'annotate', name: 'skip', open: presses('Shift+S') },
  { on: 'training', name: 'model-menu', open: openModelMenu },
  { on: 'studies', name: 'remove-study', open: clicks('studies.remove') },
  { on: 'settings', name: 'delete-project', open: clicks('projects.delete') },
  { on: 'settings', name: 'formats', open: openList('interchange.format') },
  { on: 'organisation', name: 'roles', open: openList('organisations.role') },
]

const OVER = '[role=menu]:visible, [role=dialog]:visible, [role=listbox]:visible'
/** The same for what knows no `:visible`. */
export const OPENED = '[role=menu], [role=dialog], [role=listbox]'

/** Opens it, looks at it once it is there, and lets it go again with Escape. Answers what went wrong on the way. */
export async function whileOpen(
  page: Page,
  opening: Opening,
  say: Say,
  look: () => Promise<void>,
): Promise<string | null> {
  page.setDefaultTimeout(10_000)
  const over = page.locator(OVER).first()
  try {
    await opening.open(page, say)
    await over.waitFor()
    await look()
    for (let press = 0; press < 3 && (await over.isVisible()); press += 1) {
      await page.keyboard.press('Escape')
      await page.waitForTimeout(200)
    }
    await over.waitFor({ state: 'hidden' })
    return null
  } catch (error) {
    // The next one begins on a fresh page.
    await page.reload()
    await page.locator('main h1, main h2, main section').first().waitFor()
    return `does not open and close: ${error instanceof Error ? error.message.slice(0, 200) : error}`
  } finally {
    page.setDefaultTimeout(30_000)
  }
}
