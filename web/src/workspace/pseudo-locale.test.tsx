// @vitest-environment jsdom
import { MantineProvider } from '@mantine/core'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { cleanup, render } from '@testing-library/react'
import type { Image, Project } from '@vesalius/contracts'
import i18next from 'i18next'
import ICU from 'i18next-icu'
import type { ReactNode } from 'react'
import { initReactI18next } from 'react-i18next'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import english from '../i18n/en.json' with { type: 'json' }
import { AskState } from './assist/AskState.tsx'
import { GuessTools } from './assist/GuessTools.tsx'
import { ComparePanel } from './compare/ComparePanel.tsx'
import { compareMarks } from './compare/compare-marks.ts'
import { MarkPanel } from './marks/MarkPanel.tsx'
import type { Mark } from './marks/mark.ts'
import { polygon } from './marks/region-shapes.ts'
import { toolsFor } from './marks/tools.ts'
import { type MarkingDesk, useMarking } from './marks/use-marking.ts'
import { BatchProgress } from './queue/BatchProgress.tsx'
import { SkipDialog } from './queue/SkipDialog.tsx'
import { SkipNotice } from './queue/SkipNotice.tsx'
import { ShortcutsDialog } from './ShortcutsDialog.tsx'

/** Every word of the application in brackets: what stands on the screen without them was never translated. */
function bracket(branch: object): object {
  return Object.fromEntries(
    Object.entries(branch).map(([key, value]) => [key, typeof value === 'string' ? `⟦${value}⟧` : bracket(value)]),
  )
}

/** Names that people gave, file names, and what the platform writes of time. */
const KNOWN = /^(Kern|scan\.png|blurred|\d+ (sec|min|hr))$/

beforeAll(async () => {
  Object.assign(window, {
    matchMedia: () => ({ matches: false, addEventListener: () => {}, removeEventListener: () => {} }),
    ResizeObserver: class {
      observe() {}
      unobserve() {}
      disconnect() {}
    },
  })
  await i18next
    .use(ICU)
    .use(initReactI18next)
    .init({ lng: 'en', fallbackLng: false, resources: { en: { translation: bracket(english) } } })
})
afterEach(cleanup)

const image = {
  ...{ id: 'i', projectId: 'p', name: 'scan.png', width: 100, height: 80, frames: 3, spacing: null },
  skip: { reason: 'quality', note: 'blurred', userId: 'u', at: new Date(0).toISOString() },
} as unknown as Image
const project = (taskType: number) =>
  ({ id: 'p', taskType, classes: ['Kern'], counts: { images: 9, annotated: 4 } }) as unknown as Project
const corners = (x: number) => [
  { x, y: 10 },
  { x: x + 10, y: 10 },
  { x: x + 10, y: 20 },
  { x, y: 20 },
]
const mark = (id: string, origin: Mark['origin'], x: number): Mark => ({
  ...{ id, class: 0, frame: 0, origin, score: origin === 'model' ? 0.5 : null },
  shape: { kind: 'mask', region: polygon(corners(x), { width: 100, height: 80 }) },
})
const list = [mark('own', 'person', 10), mark('guess-1', 'model', 40)]

function untranslated(page: ReactNode): string[] {
  render(
    <MantineProvider env="test">
      <QueryClientProvider client={new QueryClient()}>{page}</QueryClientProvider>
    </MantineProvider>,
  )
  const isForeign = (text: string) => /\p{L}{2}/u.test(text) && !text.includes('⟦') && !KNOWN.test(text)
  const texts = [...document.body.querySelectorAll('*')].flatMap((element) => {
    if (element.closest('kbd, style, script')) return []
    const own = [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE)
    const text = own
      .map((node) => node.textContent)
      .join('')
      .trim()
    const names = ['aria-label', 'title', 'placeholder', 'alt'].map((name) => element.getAttribute(name) ?? '')
    return [text, ...names]
  })
  expect(texts.some((text) => text.includes('⟦'))).toBe(true)
  return [...new Set(texts.filter(isForeign))]
}

function Desk({ taskType, children }: { taskType: number; children: (desk: MarkingDesk) => ReactNode }) {
  const desk = useMarking({
    ...{ project: project(taskType), image, frame: 0, isOpen: true, onChange: () => {} },
    ...{ measures: [], onMeasures: () => {} },
    marking: { size: { width: 100, height: 80 }, list },
  })
  return children(desk)
}

describe('in a language of brackets no word is left', () => {
  it.each([1001, 2001, 3002, 3004])('in the list of shortcuts of task %i', (taskType) => {
    expect(untranslated(<ShortcutsDialog project={project(taskType)} opened onClose={() => {}} />)).toEqual([])
  })

  it.each(toolsFor(project(3004)))('in the panel, with %s in the hand', (tool) => {
    const page = (
      <Desk taskType={3004}>
        {(desk) => (
          <MarkPanel project={project(3004)} desk={{ ...desk, tool }}>
            <GuessTools canAsk isWaiting={false} compares onRun={() => {}} />
            <ComparePanel
              classNames={['Kern']}
              desk={desk}
              comparison={compareMarks([mark('guess-1', 'model', 30)], list)}
            />
          </MarkPanel>
        )}
      </Desk>
    )
    expect(untranslated(page)).toEqual([])
  })

  it('in what is said of the queue, of a skip, and of a question to the model', () => {
    const gesture = {
      kind: 'ask',
      start: { x: 1, y: 1 },
      now: { x: 1, y: 1 },
      question: { point: { x: 1, y: 1 } },
    } as const
    const page = (
      <>
        <BatchProgress
          project={project(3004)}
          done={{ images: 2, seconds: 30 }}
          timer={{ subscribe: () => () => {}, getSeconds: () => 12 }}
        />
        <SkipNotice image={image} />
        <SkipDialog image={image} opened onClose={() => {}} onSkipped={() => {}} />
        <AskState gesture={{ ...gesture, answer: null }} onTake={() => {}} onRefuse={() => {}} />
        <AskState gesture={{ ...gesture, answer: list }} onTake={() => {}} onRefuse={() => {}} />
      </>
    )
    expect(untranslated(page)).toEqual([])
  })
})
