// @vitest-environment jsdom
import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { LATER, openPage } from '../../testing/open-page.tsx'

const id = (number: number) => `0190a000-0000-7000-8000-${String(number).padStart(12, '0')}`
const [PROJECT, ADA, BOB, STUDY, IMAGE] = [id(1), id(2), id(3), id(4), id(5)]
const CLASSES = ['benign', 'malignant']
const WHEN = '2026-01-01T00:00:00.000Z'
const answer = (value: number) => ({ key: CLASSES, weight: [1 - value, value], value })
const perClass = [0, 1].map((index) => ({ class: index, value: 0.5, images: 4 }))
const reader = { assigned: 4, submitted: 4, finishedAt: null }

const project = {
  id: PROJECT,
  name: 'Smears',
  taskType: 1003,
  classes: CLASSES,
  ownerId: ADA,
  organisationId: null,
  access: 'owner',
  reviewMode: 'off',
  isDefault: false,
  deidentifies: true,
  servingModelId: null,
  counts: { images: 4, toLabel: 0, annotated: 4, annotatedPerClass: [2, 2], guessed: 0, problems: 0 },
  createdAt: WHEN,
}
const study = {
  id: STUDY,
  projectId: PROJECT,
  name: 'Second look',
  isBlind: true,
  showsGuess: false,
  state: 'open',
  images: 4,
  readers: [
    { id: ADA, username: 'ada', ...reader },
    { id: BOB, username: 'bob', ...reader, submitted: 1 },
  ],
  createdAt: WHEN,
  closedAt: null,
}
const image = {
  id: IMAGE,
  projectId: PROJECT,
  name: 'a.png',
  type: 'png',
  frames: 1,
  width: 8,
  height: 8,
  spacing: null,
}
const ANSWERS: Record<string, unknown> = {
  '/me': { id: ADA, username: 'ada', email: 'ada@example.org', role: 'user', createdAt: WHEN },
  [`/projects/${PROJECT}`]: project,
  [`/projects/${PROJECT}/runs`]: { items: [] },
  [`/projects/${PROJECT}/studies`]: { items: [study] },
  [`/studies/${STUDY}/agreement`]: {
    measure: 'kappa',
    readers: [
      { id: ADA, username: 'ada' },
      { id: BOB, username: 'bob' },
    ],
    images: 4,
    pairs: [
      {
        a: ADA,
        b: BOB,
        images: 4,
        value: 0.5,
        interval: [0.1, 0.9],
        beside: 0.75,
        perClass,
        confusion: [
          [1, 0],
          [1, 2],
        ],
      },
    ],
    fleiss: { value: 0.47, interval: null, images: 4, perClass },
    worst: [{ imageId: IMAGE, name: 'a.png', score: 0, readers: 2, isAdjudicated: false }],
  },
  [`/studies/${STUDY}/images/${IMAGE}/readings`]: {
    image,
    items: [
      { reader: { id: ADA, username: 'ada' }, data: answer(0), submittedAt: WHEN },
      { reader: { id: BOB, username: 'bob' }, data: answer(1), submittedAt: WHEN },
    ],
    adjudication: null,
  },
  [`/images/${IMAGE}/label`]: { type: 1003, data: answer(0) },
  [`/projects/${PROJECT}/gold`]: {
    items: [{ imageId: IMAGE, name: 'a.png', answers: 1, createdAt: WHEN }],
    scores: [{ person: { id: BOB, username: 'bob' }, images: 1, value: 1, interval: null, perClass }],
  },
}

const open = (path: string) => openPage(`/projects/${PROJECT}/review${path}`, ANSWERS)

describe('the pages of a study', () => {
  it('show who has read how far, and let a reader who is through finish', async () => {
    const asked = await open('/studies')
    await screen.findByText('Second look')
    screen.getByText('1 of 4')
    fireEvent.click(screen.getByRole('button', { name: 'Finish my reading' }))
    fireEvent.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Finish my reading' }))
    await waitFor(() =>
      expect(asked).toContainEqual({ method: 'POST', path: `/studies/${STUDY}/finish`, body: null, ifMatch: null }),
    )
  })

  it('take a new study only with a name and a reader', async () => {
    await open('/studies')
    fireEvent.click(await screen.findByRole('button', { name: 'New study' }))
    expect(screen.getByRole('button', { name: 'Start the study' })).toHaveProperty('disabled', true)
  })

  it('show the matrix, the figures by class and the images that differ', async () => {
    await open(`/studies/${STUDY}`)
    await screen.findByText("Cohen's kappa by pairs")
    screen.getByText('0.47')
    expect(screen.getAllByText('same answer: 75%')).toHaveLength(2)
    screen.getByRole('row', { name: /malignant/ })
    expect(screen.getByRole('link', { name: /a\.png/ }).getAttribute('href')).toContain(`/studies/${STUDY}/${IMAGE}`)
  })

  it('make no label of divided readers before somebody chose, then with the note and the tag of the label seen', async () => {
    const asked = await open(`/studies/${STUDY}/${IMAGE}`)
    const save = await screen.findByRole('button', { name: 'Make this the label' }, LATER)
    expect(save).toHaveProperty('disabled', true)
    fireEvent.click(screen.getByRole('radio', { name: /bob/ }))
    fireEvent.change(screen.getByRole('textbox'), { target: { value: 'The rim decides' } })
    fireEvent.click(save)
    await waitFor(() =>
      expect(asked).toContainEqual({
        method: 'PUT',
        path: `/studies/${STUDY}/images/${IMAGE}/adjudication`,
        body: { label: { type: 1003, data: answer(1) }, note: 'The rim decides' },
        ifMatch: '"3"',
      }),
    )
  })

  it('show scores on gold images', async () => {
    const asked = await open('/gold')
    await screen.findByText('1 gold image')
    screen.getByText('100%')
    fireEvent.click(screen.getByRole('button', { name: 'a.png is an ordinary image again' }))
    await waitFor(() =>
      expect(asked).toContainEqual({ method: 'DELETE', path: `/images/${IMAGE}/gold`, body: null, ifMatch: null }),
    )
  })
})
