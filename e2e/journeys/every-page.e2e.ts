import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findProject, listImages } from '../lib/api.ts'
import { chromiumPath, takePicture } from '../lib/browser.ts'
import { findBarriers } from '../lib/check-access.ts'
import { OPENED, OPENINGS, sayer, whileOpen } from '../lib/openings.ts'
import { waitForPictures } from '../lib/pictures.ts'
import { findUntranslated, pseudoWords, readWords, speakPseudo } from '../lib/pseudo.ts'
import { prepareStudy } from '../lib/study.ts'
import { cutTrainings, openLook, PERSON, register, type Visitor, visit } from '../lib/visitor.ts'

/** Pages with colours of their own, looked at in the dark too. */
const COLOURFUL = new Set([
  'projects',
  'gallery',
  'annotate',
  'training',
  'worth',
  'agreement',
  'adjudicate',
  'settings',
])

describe.skipIf(!chromiumPath)('every page', () => {
  let visitor: Visitor
  let sample: string
  let empty: string
  let organisation: string
  let study: Awaited<ReturnType<typeof prepareStudy>>
  /** What people gave names. */
  let names: string[]

  beforeAll(async () => {
    visitor = await visit()
    await register(visitor)
    await cutTrainings(visitor.page)
    await visitor.page.getByRole('button', { name: 'Try the samples' }).click()
    await visitor.page.waitForURL(/\/training/, { timeout: 60_000 })
    await visitor.page.getByText('What the model can do').waitFor({ timeout: 120_000 })
    const project = await findProject(visitor, ({ isDefault }) => !isDefault)
    sample = `/projects/${project.id}`
    const images = await listImages(visitor, project.id, 'order=name')
    study = await prepareStudy(visitor, project)
    names = [
      PERSON.username,
      PERSON.email,
      'AD',
      'vesal@example.org',
      'vesal',
      'Two readers',
      'Just begun',
      'Institute of Pathology',
      project.name,
    ]
    names.push(...project.classes, ...images.map(({ name }) => name))
    const made = await visitor.page.request.post(`${visitor.server.url}/api/v1/organisations`, {
      data: { name: 'Institute of Pathology' },
    })
    organisation = `/organisations/${((await made.json()) as { id: string }).id}`
    empty = `/projects/${(await findProject(visitor, (project) => project.taskType === 1003 && project.isDefault)).id}`
  }, 240_000)
  afterAll(() => visitor?.leave())

  const listPages = (): [name: string, path: string, landmark: string][] => [
    ['projects', '/', 'section'],
    ['gallery', `${sample}?order=%22name%22`, 'article'],
    ['annotate', `${sample}/annotate?annotated=false&order=%22name%22`, '[role=radio]'],
    ['training', `${sample}/training`, 'main:has(table) button[data-with-left-section]:not([disabled])'],
    ['worth', `${sample}/worth`, 'main section h2'],
    ['review', `${sample}/review`, 'main h2'],
    ['studies', `${sample}/review/studies`, 'main h2'],
    ['agreement', study.agreement, 'main table'],
    ['adjudicate', study.adjudicate, 'main [role=radio], main input[type=radio]'],
    ['gold', `${sample}/review/gold`, 'main table, main li'],
    ['settings', `${sample}/settings`, '#model h2'],
    ['imports', `${sample}/imports`, 'main h2'],
    ['account', '/account', 'section:nth-of-type(4)'],
    ['organisations', '/organisations', 'main h1'],
    ['organisation', organisation, 'main table td'],
    ['administration', '/administration', 'main table td'],
    ['administration-rules', '/administration?tab=%22rules%22', 'main form, main h2'],
    ['administration-accounts', '/administration?tab=%22accounts%22', '[role=tabpanel] button'],
    ['messages', '/messages', 'main h1, main h2'],
    ['articles', '/articles', 'main h1, main h2'],
    ['article-new', '/articles/new', 'main form'],
    ['dicom', `${sample}/dicom`, 'main h2'],
    ['bin', '/bin', 'main h1, main h2'],
    ['gallery-empty', empty, 'h2'],
    ['gallery-nothing-found', `${sample}?state=%22FROZEN%22`, 'h2'],
    ['annotate-empty', `${empty}/annotate`, 'h2'],
    ['training-empty', `${empty}/training`, 'h2'],
    ['missing', '/nowhere', 'h1'],
  ]
  const goTo = async (page: Page, [name, path, landmark]: [string, string, string]) => {
    await page.goto(visitor.server.url + path)
    await page.locator(landmark).first().waitFor()
    if (name === 'gallery' || name === 'annotate') await waitForPictures(page)
  }

  it('can be used by everybody and leaves no word untranslated, open menus and dialogs included', async () => {
    const context = await openLook(visitor, { language: 'en', theme: 'light' })
    await speakPseudo(context)
    const page = await context.newPage()
    const say = sayer(pseudoWords(readWords('en')))
    const found: Record<string, string[]> = {}
    const look = async (name: string, within?: string) => {
      const barriers = await findBarriers(page, within)
      const words = await findUntranslated(page, names)
      if (barriers.length + words.length > 0)
        found[name] = [...barriers, ...words.map((text) => `untranslated: ${text}`)]
      await takePicture(page, `${name}-pseudo-light`)
    }
    for (const entry of listPages()) {
      const [name] = entry
      await goTo(page, entry)
      await look(name)
      for (const opening of OPENINGS.filter(({ on }) => on === name)) {
        const trouble = await whileOpen(page, opening, say, () => look(`${name}-${opening.name}`, OPENED))
        if (trouble) found[opening.name] = [trouble]
      }
    }
    await context.clearCookies()
    for (const name of ['sign-in', 'forgot-password', 'reset-password', 'confirm-email', 'invitation']) {
      await page.goto(`${visitor.server.url}/${name}?token=a`)
      await page.locator('main h1, main h2, form').first().waitFor()
      await look(name)
    }
    await context.close()
    expect(found).toEqual({})
  })

  it('can be used by everybody in Chinese, dark', async () => {
    const context = await openLook(visitor, { language: 'zh', theme: 'dark' })
    const page = await context.newPage()
    const found: Record<string, string[]> = {}
    const look = async (name: string) => {
      const barriers = await findBarriers(page)
      if (barriers.length > 0) found[name] = barriers
      await takePicture(page, `${name}-zh-dark`)
    }
    for (const entry of listPages()) {
      const [name] = entry
      if (!COLOURFUL.has(name)) continue
      await goTo(page, entry)
      await look(name)
    }
    await context.clearCookies()
    await page.goto(`${visitor.server.url}/sign-in`)
    await page.locator('form').waitFor()
    await look('sign-in')
    await context.close()
    expect(found).toEqual({})
  })
})
