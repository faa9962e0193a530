import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findProject, listImages } from '../lib/api.ts'
import { chromiumPath, takePicture } from '../lib/browser.ts'
import { findBarriers } from '../lib/check-access.ts'
import { drawPictures, waitForPictures } from '../lib/pictures.ts'
import { openLook, register, type Visitor, visit } from '../lib/visitor.ts'

describe.skipIf(!chromiumPath)('the life of a file', () => {
  let visitor: Visitor
  let projectId: string

  beforeAll(async () => {
    visitor = await visit()
    await register(visitor)
    projectId = (await findProject(visitor, (project) => project.taskType === 1003 && project.isDefault)).id
    const { page, server } = visitor
    await page.goto(`${server.url}/projects/${projectId}`)
    await page.getByRole('heading', { name: 'Drop your images here' }).waitFor()
    const pictures = await drawPictures(page, 6)
    await page.locator('input[type=file]').first().setInputFiles(pictures)
    await page.locator('article').nth(5).waitFor({ timeout: 60_000 })
    await waitForPictures(page)
  }, 180_000)
  afterAll(() => visitor?.leave())

  const stateOf = async (name: string) =>
    (await listImages(visitor, projectId, 'text=disc')).find((image) => image.name === name)?.state
  const tile = (name: string) => visitor.page.locator('article').filter({ hasText: name })
  const choose = (name: string, shift = false) =>
    visitor.page.getByLabel(`Choose ${name}`).click({ modifiers: shift ? ['Shift'] : [], force: true })

  it('freezes a range of images at once and takes it back', async () => {
    const { page } = visitor
    await page.goto(`${visitor.server.url}/projects/${projectId}?order=name`)
    await choose('disc-2.png')
    await choose('disc-4.png', true)
    await page.getByText('3 images chosen').waitFor()
    await takePicture(page, 'gallery-chosen-en-light')
    expect(await findBarriers(page)).toEqual([])
    await page.getByRole('button', { name: 'Freeze', exact: true }).click()
    await page.getByText('3 images frozen').waitFor()
    expect(await stateOf('disc-3.png')).toBe('FROZEN')
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByText('Taken back').waitFor()
    expect(await stateOf('disc-3.png')).not.toBe('FROZEN')
  })

  it('moves an image to the bin, shows it there and restores it', async () => {
    const { page } = visitor
    await tile('disc-5.png').getByRole('button', { name: 'Actions for disc-5.png' }).click()
    await takePicture(page, 'gallery-menu-en-light')
    await page.getByRole('menuitem', { name: 'Move to the bin' }).click()
    await page.getByText('1 image moved to the bin').waitFor()
    await page.goto(`${visitor.server.url}/projects/${projectId}?state=DELETED`)
    await tile('disc-5.png').waitFor()
    await takePicture(page, 'gallery-bin-en-light')
    await choose('disc-5.png')
    await page.getByRole('button', { name: 'Restore' }).click()
    await page.getByText('The bin is empty').waitFor()
    expect(await stateOf('disc-5.png')).not.toBe('DELETED')
  })

  it('renames an image, finds it by part of its name, and keeps that filter', async () => {
    const { page } = visitor
    await page.goto(`${visitor.server.url}/projects/${projectId}`)
    await tile('disc-6.png').getByRole('button', { name: 'Actions for disc-6.png' }).click()
    await page.getByRole('menuitem', { name: 'Rename…' }).click()
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('肺部 6.png')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await tile('肺部 6.png').waitFor()
    await page.getByLabel('Name contains').fill('肺部')
    await page.getByText('1 image', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Saved filters' }).click()
    await page.getByRole('button', { name: 'Save this filter…' }).click()
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Lungs')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.goto(`${visitor.server.url}/projects/${projectId}`)
    await page.locator('article').nth(5).waitFor()
    await page.getByRole('button', { name: 'Saved filters' }).click()
    await page.getByRole('button', { name: 'Lungs', exact: true }).click()
    await page.getByText('1 image', { exact: true }).waitFor()
    expect(new URL(page.url()).searchParams.get('text')).toBe('肺部')
  })

  it('downloads chosen images and their labels as one zip', async () => {
    const { page } = visitor
    await page.goto(`${visitor.server.url}/projects/${projectId}`)
    await page.locator('article').first().waitFor()
    await page.keyboard.press('Control+a')
    await page.getByText('6 images chosen').waitFor()
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download as zip' }).click(),
    ])
    expect(download.suggestedFilename()).toMatch(/\.zip$/)
    await page.keyboard.press('Escape')
    expect(await page.getByText('6 images chosen').count()).toBe(0)
  })

  it('looks right in Chinese, dark, on a tablet', async () => {
    const context = await openLook(visitor, { language: 'zh', theme: 'dark' })
    const page = await context.newPage()
    await page.setViewportSize({ width: 768, height: 1024 })
    await page.goto(`${visitor.server.url}/projects/${projectId}?order=name`)
    await waitForPictures(page)
    await page.keyboard.press('Control+a')
    await page.getByText('已选 6 张图像').waitFor()
    expect(await findBarriers(page)).toEqual([])
    await takePicture(page, 'gallery-chosen-zh-dark-tablet')
    await page.getByRole('button', { name: '更多筛选' }).click()
    await page.getByText('模型的把握').waitFor()
    await takePicture(page, 'gallery-filters-zh-dark-tablet')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: '分享…' }).click()
    await page.getByRole('combobox', { name: '分享给' }).waitFor()
    await takePicture(page, 'gallery-share-zh-dark-tablet')
    await context.close()
    expect(visitor.crashes).toEqual([])
  })
})
