// @vitest-environment jsdom
import { fireEvent, screen, waitFor } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { LATER, openPage } from '../testing/open-page.tsx'

const id = (number: number) => `0190a000-0000-7000-8000-${String(number).padStart(12, '0')}`
const [PROJECT, ADA, IMAGE, OTHER] = [id(1), id(2), id(3), id(4)]
const WHEN = '2026-01-01T00:00:00.000Z'
const SIDE = 8

const project = {
  ...{ id: PROJECT, name: 'Organs', taskType: 3002, classes: ['liver'], ownerId: ADA, organisationId: null },
  ...{
    access: 'owner',
    reviewMode: 'off',
    isDefault: false,
    deidentifies: true,
    servingModelId: null,
    createdAt: WHEN,
  },
  counts: { images: 2, toLabel: 0, annotated: 0, annotatedPerClass: [0], guessed: 0, problems: 0 },
}
const image = (imageId: string, name: string) => ({
  ...{ id: imageId, projectId: PROJECT, ownerId: ADA, name, type: 'dcm', taskType: 3002, state: 'NORMAL' },
  ...{ annotatedAt: null, problem: null, guess: null, labelRevision: 1, width: SIDE, height: SIDE, frames: 3 },
  ...{ bitDepth: 16, channels: 1, spacing: { rowMm: 0.5, columnMm: 0.5, plane: 'object' }, access: 'owner' },
  ...{ review: 'unreviewed', openComments: 0, createdAt: WHEN, updatedAt: WHEN },
})
const label = { type: 3002, data: { key: ['liver'], size: [SIDE, SIDE], masks: [] } }
const calibration = {
  ...{ spacing: null, pixelAspect: null, modalityTable: null, windows: [], displayTables: [], padding: null },
  rescale: { slope: 1, intercept: -1024, unit: 'HU' },
}
const facts = {
  ...{ width: SIDE, height: SIDE, frames: 3, colour: 'grey', sampleType: 'u8', bitsStored: 8 },
  calibrations: [calibration],
}
const ANSWERS: Record<string, unknown> = {
  '/me': { id: ADA, username: 'ada', email: 'ada@example.org', role: 'user', createdAt: WHEN },
  [`/projects/${PROJECT}`]: project,
  [`/projects/${PROJECT}/images`]: { items: [image(IMAGE, 'a.dcm'), image(OTHER, 'b.dcm')], nextCursor: null },
  ...Object.fromEntries(
    [IMAGE, OTHER].flatMap((each) => [
      [`/images/${each}/label`, label],
      [`/images/${each}/label/revisions`, { items: [] }],
      [`/images/${each}/frames`, facts],
      [`/images/${each}/pixels`, '0'.repeat(SIDE * SIDE)],
    ]),
  ),
}

const press = (key: string, more: object = {}) => fireEvent.keyDown(document.body, { key, ...more })

describe('the annotate page', () => {
  it('turns, leafs, compares and windows by keys and buttons', async () => {
    await openPage(`/projects/${PROJECT}/annotate?image=%22${IMAGE}%22`, ANSWERS, { width: 800, height: 600 })
    const canvas = await screen.findByRole('img', { name: 'Image a.dcm' }, LATER)
    const lies = () => canvas.getAttribute('data-view')
    const upright = lies()
    press('r')
    await waitFor(() => expect(lies()).not.toBe(upright))
    press('R', { shiftKey: true })
    await waitFor(() => expect(lies()).toBe(upright))
    press('.')
    await screen.findByText('2 / 3')
    press('End')
    await screen.findByText('3 / 3')
    press('C', { shiftKey: true })
    await screen.findByRole('img', { name: 'Beside: a.dcm' })
    fireEvent.click(screen.getByRole('button', { name: 'Compare side by side' }))
    fireEvent.click(await screen.findByRole('menuitem', { name: 'b.dcm' }))
    await screen.findByRole('img', { name: 'Beside: b.dcm' })
    fireEvent.click(await screen.findByRole('button', { name: 'Window and level' }))
    fireEvent.click(await screen.findByRole('button', { name: 'Lung' }))
    await waitFor(() => expect(screen.getByLabelText('Width')).toHaveProperty('value', '1500'))
    screen.getByRole('img', { name: /^Scale: / })
  })

  it('has the guideline in a column of its own, while keys go on with the image', async () => {
    const article = { id: id(9), title: 'How to read', revision: 1 }
    const block = { id: id(10), text: 'Mark each nucleus once.' }
    await openPage(
      `/projects/${PROJECT}/annotate?image=%22${IMAGE}%22`,
      {
        ...ANSWERS,
        [`/projects/${PROJECT}/guideline`]: { article },
        [`/articles/${article.id}/headings`]: { items: [] },
        [`/articles/${article.id}/blocks`]: { items: [block], nextCursor: null, hasBefore: false, revision: 1 },
      },
      { width: 800, height: 600 },
    )
    const canvas = await screen.findByRole('img', { name: 'Image a.dcm' }, LATER)
    const button = await screen.findByRole('button', { name: 'Guideline' })
    fireEvent.click(button)
    const panel = await screen.findByRole('complementary', { name: 'Guideline' })
    await waitFor(() => expect(panel.textContent).toContain('Mark each nucleus once.'))
    const upright = canvas.getAttribute('data-view')
    press('r')
    await waitFor(() => expect(canvas.getAttribute('data-view')).not.toBe(upright))
    press('Escape')
    expect(screen.queryByRole('complementary', { name: 'Guideline' })).not.toBeNull()
    fireEvent.click(button)
    expect(screen.queryByRole('complementary', { name: 'Guideline' })).toBeNull()
  })

  it('takes up what an earlier sitting left: over a newer guess by itself, over what changed since when asked', async () => {
    const discs = { ...project, taskType: 1001, classes: ['dark', 'bright'], classScheme: 1 }
    const disc = { ...image(IMAGE, 'a.png'), type: 'png', taskType: 1001, frames: 1, bitDepth: 8, channels: 3 }
    const open = async (author: object, draft: object) => {
      const meta = { revision: 3, author, createdAt: WHEN, classScheme: 1 }
      localStorage.setItem(
        `vesalius.draft.${ADA}.${IMAGE}`,
        JSON.stringify({ at: Date.now(), tags: [], marks: null, ...draft }),
      )
      await openPage(`/projects/${PROJECT}/annotate?image=%22${IMAGE}%22`, {
        ...ANSWERS,
        [`/projects/${PROJECT}`]: discs,
        [`/projects/${PROJECT}/images`]: { items: [disc], nextCursor: null },
        [`/projects/${PROJECT}/class-edits`]: { items: [], past: [{ names: ['bright', 'dark'], to: [1, 0] }] },
        [`/images/${IMAGE}/label`]: { type: 1001, data: { key: { 0: 'dark', 1: 'bright' }, value: 1 }, meta },
      })
    }
    const isChosen = (name: string) =>
      screen.getByRole('radio', { name: new RegExp(name) }).getAttribute('aria-checked') === 'true'
    await open({ kind: 'model', modelVersionId: OTHER }, { etag: '"2-1"', scheme: 1, value: 0 })
    await screen.findByText('Changed, not submitted', undefined, LATER)
    expect(isChosen('dark')).toBe(true)

    await open({ kind: 'person', userId: OTHER }, { etag: '"2"', scheme: 0, value: 1 })
    await screen.findByText('You left something unsubmitted here', undefined, LATER)
    expect(isChosen('bright')).toBe(true)
    fireEvent.click(screen.getByRole('button', { name: 'Take it up' }))
    await waitFor(() => expect(isChosen('dark')).toBe(true))
    expect(screen.queryByText('You left something unsubmitted here')).toBeNull()
  })
})
