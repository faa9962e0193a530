import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chromiumPath, takePicture } from '../lib/browser.ts'
import { findBarriers } from '../lib/check-access.ts'
import { openLook, register, type Visitor, visit } from '../lib/visitor.ts'

const TEXT =
  '# Criteria\n\nAt most $3\\,\\mathrm{cm}$. <img src=x onerror="document.title=1">\n\n| size | risk |\n|---|---|\n| small | low |\n'

/** The address of an article itself: the editor and its preview have others. */
const READER = /\/articles\/[0-9a-f]{8}-[^/]+$/

describe.skipIf(!chromiumPath)('an article', () => {
  let visitor: Visitor

  beforeAll(async () => {
    visitor = await visit()
    await register(visitor)
  }, 120_000)
  afterAll(() => visitor?.leave())

  it('is written with a preview, changed, compared, frozen, put away and restored', async () => {
    const { page, server } = visitor
    await page.goto(server.url)
    await page.getByRole('link', { name: 'Articles' }).click()
    await page.getByText('No articles yet').waitFor()
    await page.getByRole('link', { name: 'New article' }).click()
    await page.getByRole('textbox', { name: 'Title', exact: true }).fill('Reading nodules 肺结节')
    await page.getByRole('textbox', { name: 'Text', exact: true }).fill(TEXT)
    await page.getByRole('region', { name: 'Preview' }).locator('math').waitFor()
    await takePicture(page, 'article-editor-en-light')
    expect(await findBarriers(page)).toEqual([])
    await page.getByRole('button', { name: 'Publish' }).click()
    await page.waitForURL(READER)
    await page.getByRole('cell', { name: 'low' }).waitFor()
    expect(await page.locator('article img').count()).toBe(0)
    expect(await findBarriers(page)).toEqual([])

    await page.getByRole('link', { name: 'Edit' }).click()
    await page.getByRole('textbox', { name: 'Text', exact: true }).fill(TEXT.replace('low', 'none'))
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.waitForURL(READER)
    await page.getByRole('cell', { name: 'none' }).waitFor()
    const choose = async (name: string) => {
      await page.getByRole('button', { name: 'More actions' }).click()
      await page.getByRole('menuitem', { name, exact: true }).click()
    }
    await choose('History')
    await page.locator('ins', { hasText: 'none' }).waitFor()
    expect(await findBarriers(page)).toEqual([])
    await page.goBack()
    await choose('Freeze')
    await page.getByText('Frozen').waitFor()
    expect(await page.getByRole('link', { name: 'Edit' }).count()).toBe(0)
    await choose('Unfreeze')
    await page.getByRole('link', { name: 'Edit' }).waitFor()
    await choose('Move to bin')
    await page.getByRole('dialog').getByRole('button', { name: 'Move to bin' }).click()
    await page.getByText('No articles yet').waitFor()
    await page.getByText('Bin', { exact: true }).click()
    await page.getByRole('button', { name: 'Restore' }).click()
    await page.getByText('Nothing here.').waitFor()
    await page.getByText('All', { exact: true }).click()
    await page.getByRole('searchbox').fill('结节')
    await page.getByRole('link', { name: 'Reading nodules 肺结节' }).waitFor()
    expect(await findBarriers(page)).toEqual([])
    const look = await (await openLook(visitor, { language: 'zh', theme: 'dark' })).newPage()
    await look.setViewportSize({ width: 375, height: 760 })
    await look.goto(`${server.url}/articles`)
    await look.getByRole('link', { name: 'Reading nodules 肺结节' }).click()
    await look.locator('math').waitFor()
    await takePicture(look, 'article-zh-dark-narrow')
    expect(await findBarriers(look)).toEqual([])
  }, 60_000)
})
