// @vitest-environment jsdom
import { fireEvent, screen, waitFor } from '@testing-library/react'
import { expect, it } from 'vitest'
import { LATER, openPage } from '../../testing/open-page.tsx'

const id = (number: number) => `0190a000-0000-7000-8000-${String(number).padStart(12, '0')}`
const [PROJECT, ADA, BOB, FIRST, SECOND] = [id(1), id(2), id(3), id(4), id(5)]
const CLASSES = ['benign', 'malignant']
const WHEN = '2026-01-01T00:00:00.000Z'

const project = {
  id: PROJECT,
  name: 'Smears',
  taskType: 1003,
  classes: CLASSES,
  ownerId: ADA,
  organisationId: null,
  access: 'reviewer',
  reviewMode: 'required',
  isDefault: false,
  deidentifies: true,
  servingModelId: null,
  counts: { images: 2, toLabel: 0, annotated: 2, annotatedPerClass: [1, 1], guessed: 0, problems: 0 },
  createdAt: WHEN,
}
const image = (imageId: string, name: string) => ({
  ...{ id: imageId, projectId: PROJECT, name, type: 'png', frames: 1, width: 8, height: 8, spacing: null, guess: null },
  ...{ annotatedAt: WHEN, annotatedBy: BOB, review: 'unreviewed', openComments: 0, labelRevision: 3, state: 'NORMAL' },
})
const label = { type: 1003, data: { key: CLASSES, weight: [0, 1], value: 1 } }
const history = { items: [{ revision: 3, data: {}, author: { kind: 'person', userId: BOB }, authorName: 'bob' }] }
const ANSWERS = {
  '/me': { id: ADA, username: 'ada', email: 'ada@example.org', role: 'user', createdAt: WHEN },
  [`/projects/${PROJECT}`]: project,
  [`/projects/${PROJECT}/runs`]: { items: [] },
  [`/projects/${PROJECT}/images`]: { items: [image(FIRST, 'one.png'), image(SECOND, 'two.png')], nextCursor: null },
  ...Object.fromEntries(
    [FIRST, SECOND].flatMap((imageId) => [
      [`/images/${imageId}/label`, label],
      [`/images/${imageId}/label/revisions`, history],
      [`/images/${imageId}/comments`, { items: [] }],
    ]),
  ),
}
const decision = (imageId: string, body: object) => ({
  method: 'POST',
  path: `/images/${imageId}/reviews`,
  body,
  ifMatch: '"3"',
})

it('labels are accepted and sent back by keys, each as the revision that was looked at', async () => {
  const asked = await openPage(`/projects/${PROJECT}/review`, ANSWERS)
  await screen.findByRole('heading', { name: 'one.png' }, LATER)
  await screen.findByText('Annotated by bob')
  await screen.findByText('malignant')
  fireEvent.keyDown(document.body, { key: 'a' })
  await waitFor(() => expect(asked).toContainEqual(decision(FIRST, { decision: 'accepted' })))

  await screen.findByRole('heading', { name: 'two.png' })
  await screen.findByText('malignant')
  const words = screen.getByRole('textbox', { name: 'New remark' })
  fireEvent.keyDown(document.body, { key: 'x' })
  expect(document.activeElement).toBe(words)
  expect(asked.filter(({ path }) => path === `/images/${SECOND}/reviews`)).toEqual([])
  fireEvent.change(words, { target: { value: 'Only the rim' } })
  fireEvent.keyDown(words, { key: 'a' })
  fireEvent.click(screen.getByRole('button', { name: /Reject and send back/ }))
  await waitFor(() =>
    expect(asked).toContainEqual(decision(SECOND, { decision: 'rejected', comment: { text: 'Only the rim' } })),
  )
})
